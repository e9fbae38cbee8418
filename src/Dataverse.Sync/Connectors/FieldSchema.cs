namespace Dataverse.Sync;

/// <summary>What a connector knows of a field.</summary>
public sealed record FieldSchema
{
    /// <summary>The field's name as the engine uses it. For a Dataverse lookup it is the column's logical name, without decoration.</summary>
    public required string Name { get; init; }

    /// <summary>What the field holds.</summary>
    public required FieldType Type { get; init; }

    /// <summary>The greatest number of characters (UTF-16 code units) of a text; null when unlimited, unknown, or not a text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether a new record may be given a value.</summary>
    public bool CanInsert { get; init; } = true;

    /// <summary>Whether an existing record may be given another value.</summary>
    public bool CanUpdate { get; init; } = true;

    /// <summary>Whether the system refuses a record without a value.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the system stores the text in upper case and without surrounding blanks, as Business Central's codes.</summary>
    public bool IsCode { get; init; }

    /// <summary>The options of a choice, empty where they are unknown.</summary>
    public IReadOnlyList<ChoiceOption> Options { get; init; } = [];

    /// <summary>The tables that a reference may point to, empty where unknown.</summary>
    public IReadOnlyList<string> ReferencedTables { get; init; } = [];
}
