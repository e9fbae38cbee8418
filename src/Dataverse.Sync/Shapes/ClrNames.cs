namespace Dataverse.Sync.Shapes;

/// <summary>Names types in messages.</summary>
internal static class ClrNames
{
    public static string Of(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? $"{inner.Name}?" : type.Name;
}
