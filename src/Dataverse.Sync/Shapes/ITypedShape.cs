namespace Dataverse.Sync.Shapes;

/// <summary>A shape, whatever its class.</summary>
internal interface ITypedShape
{
    string? Table { get; }

    IReadOnlyList<TypedField> Fields { get; }

    IReadOnlyList<string> Names { get; }
}
