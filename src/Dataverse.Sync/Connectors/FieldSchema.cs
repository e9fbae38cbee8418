namespace Dataverse.Sync;

/// <summary>What a connector knows about a field.</summary>
public sealed record FieldSchema
{
    /// <summary>The name of the field, as used in queries, records, and writes.</summary>
    /// <remarks>For a Dataverse lookup it is the logical name of the column, without prefix or suffix.</remarks>
    public required string Name { get; init; }

    /// <summary>The type of the field.</summary>
    public required FieldType Type { get; init; }

    /// <summary>
    /// The maximum length of a text in UTF-16 code units, or null if unlimited, unknown, or not a text.
    /// </summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether the field can be set when a record is created.</summary>
    /// <value>The default is true.</value>
    public bool CanInsert { get; init; } = true;

    /// <summary>Whether the field of an existing record can be changed.</summary>
    /// <value>The default is true.</value>
    public bool CanUpdate { get; init; } = true;

    /// <summary>Whether the system refuses a record in which the field is blank.</summary>
    /// <value>The default is false.</value>
    public bool IsRequired { get; init; }

    /// <summary>
    /// Whether the system stores texts in upper case and without surrounding blanks, like the codes of Business
    /// Central.
    /// </summary>
    /// <value>The default is false.</value>
    public bool IsCode { get; init; }

    /// <summary>The options of a choice; empty if unknown.</summary>
    public IReadOnlyList<ChoiceOption> Options { get; init; } = [];

    /// <summary>The tables to which a reference can point; empty if unknown.</summary>
    public IReadOnlyList<string> ReferencedTables { get; init; } = [];
}
