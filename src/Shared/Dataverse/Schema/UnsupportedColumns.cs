namespace Dataverse.Sync.Shared;

/// <summary>Says of columns that are no fields what they are and why they cannot be synchronized.</summary>
internal static class UnsupportedColumns
{
    /// <summary>Describes a column whose type has no field type, or that cannot be read.</summary>
    public static UnsupportedField Describe(AttributeDefinition attribute)
    {
        var (description, reason) = attribute.AttributeOf is { Length: > 0 } owner
            ? ($"a column that accompanies column '{owner}'", "its value belongs to that column.")
            : Describe(TypeOf(attribute));
        return new UnsupportedField(attribute.LogicalName!, description, reason);
    }

    // The type Virtual says little. What is called Virtual and has a name of its own is an image, a file, or other.
    private static string TypeOf(AttributeDefinition attribute)
    {
        const string Suffix = "Type";
        var name = attribute.AttributeTypeName?.Value ?? string.Empty;
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length]
            : attribute.AttributeType ?? string.Empty;
    }

    private static (string Description, string Reason) Describe(string type) => type switch
    {
        "Image" => ("an image column", "the service returns a thumbnail in its place and stores pictures in another form."),
        "File" => ("a file column", "files are transferred by requests of their own and have no value in a row."),
        "PartyList" => ("a list of parties", "its entries are rows of the table 'activityparty', which can be mapped."),
        "CalendarRules" => ("a list of calendar rules", "it is a list of rows and no value of a row."),
        "ManagedProperty" => ("a managed property", "it describes a component of a solution, not a row."),
        "EntityName" => ("a column that names a table", "the lookup to which it belongs tells the table."),
        "Virtual" or "" => ("a virtual column", "it has no value that can be written."),
        _ => ($"a column of the type {type}", ColumnTypes.Of(type, null, null) is null
            ? "the type is unknown."
            : "the service does not let it be read."),
    };
}
