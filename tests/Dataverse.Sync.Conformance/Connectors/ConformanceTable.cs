namespace Dataverse.Sync.Conformance;

/// <summary>The table that the facts use, by the roles of its fields.</summary>
public sealed record ConformanceTable
{
    /// <summary>The table's name, as the connector takes it.</summary>
    public required string Name { get; init; }

    /// <summary>The text or code that every row of the facts has a value of its own in: an account number, a customer number.</summary>
    public required string BusinessKey { get; init; }

    /// <summary>A plain text of at least 50 characters that may be empty and is stored as written, whose length the schema tells: a name.</summary>
    public required string Text { get; init; }

    /// <summary>Another such text of at least 20 characters: a city.</summary>
    public required string OtherText { get; init; }

    /// <summary>A field that the schema says cannot be written, and that the system may fill.</summary>
    public required string ReadOnly { get; init; }

    /// <summary>Fields of further types, as many as the table has: decimals, booleans, choices, dates, references to rows that exist.</summary>
    public required IReadOnlyList<SampleField> Samples { get; init; }

    /// <summary>What else a new row must have; the facts add it to every insert.</summary>
    public IReadOnlyList<FieldWrite> Always { get; init; } = [];

    /// <summary>The business key of the facts' n-th row: valid, in upper case, containing letters.</summary>
    public Func<int, string> KeyOf { get; init; } = number => $"K{number:D6}";
}
