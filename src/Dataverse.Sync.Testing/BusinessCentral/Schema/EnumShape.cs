namespace Dataverse.Sync.Testing.Emulation;

/// <summary>An AL enum as <c>$metadata</c> shows it.</summary>
/// <param name="Name">The name of the enum in camel case.</param>
/// <param name="Members">The escaped names of the members.</param>
internal sealed record EnumShape(string Name, params IReadOnlyList<string> Members)
{
    /// <summary>The ordinal values of the members; null for 0, 1, 2 …</summary>
    public IReadOnlyList<int>? Values { get; init; }

    /// <summary>The enum of a field. A page of a test that names none has one of its own.</summary>
    public static EnumShape Of(PageSchema table, BusinessCentralField field) =>
        new(
            field.EnumName ?? table.Definition.EntityName + char.ToUpperInvariant(field.Name[0]) + field.Name[1..],
            field.Members)
        {
            Values = field.MemberValues,
        };
}
