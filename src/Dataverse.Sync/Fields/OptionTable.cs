namespace Dataverse.Sync;

/// <summary>A table whose records are the options of a field, such as the payment terms of Business Central.</summary>
/// <remarks>It is read as a whole, once per run in which a value of the field is needed.</remarks>
/// <param name="Table">The table, as the connector of its side names it.</param>
/// <param name="CodeField">The field with the code that is compared with the label of an option.</param>
public sealed record OptionTable(string Table, string CodeField)
{
    /// <summary>
    /// The field whose value the mapped field contains, such as the code itself, or null if it contains the id of the record.
    /// </summary>
    public string? KeyField { get; init; }

    /// <summary>The fields that are read.</summary>
    internal IReadOnlyList<string> Fields => KeyField is null || KeyField == CodeField ? [CodeField] : [CodeField, KeyField];
}
