namespace Dataverse.Sync.Simulation;

/// <summary>The columns of the accounts that the engine's account may not read. The service answers as if they were blank.</summary>
internal sealed class Veil
{
    private readonly HashSet<string> fields = [];
    private readonly HashSet<string> everWithheld = [];

    /// <summary>The column that the service withholds without saying so; null for none.</summary>
    public string? Withheld { get; private set; }

    public IReadOnlyCollection<string> Fields => Withheld is null ? fields : [.. fields, Withheld];

    public bool IsEmpty => fields.Count == 0 && Withheld is null;

    public void Draw(string field) => fields.Add(field);

    public void Lift() => fields.Clear();

    /// <summary>The service withholds a column without saying so in its schema; null when it no longer does.</summary>
    public void Withhold(string? field)
    {
        Withheld = field;
        if (field is not null)
        {
            _ = everWithheld.Add(field);
        }
    }

    /// <summary>Whether a column was withheld at any time, so that a blank may count as what the service stored.</summary>
    public bool HasWithheld(string field) => everWithheld.Contains(field);

    /// <summary>The schema as the service describes it to the engine's account.</summary>
    public TableSchema? Over(TableSchema? schema) => schema is null || IsEmpty || schema.Name != Tables.Accounts
        ? schema
        : schema with { Fields = [.. schema.Fields.Select(field => fields.Contains(field.Name) ? field with { CanRead = false } : field)] };

    public IReadOnlyList<TableRecord> Over(string table, IReadOnlyList<TableRecord> records) =>
        IsEmpty || table != Tables.Accounts ? records : [.. records.Select(Over)];

    public WriteResult Over(string table, WriteResult result) =>
        IsEmpty || table != Tables.Accounts || result.Record is null ? result : result with { Record = Over(result.Record) };

    private TableRecord Over(TableRecord record)
    {
        var values = record.Layout.Fields.Select((name, place) => fields.Contains(name) || name == Withheld ? FieldValue.Blank : record[place]).ToArray();
        return new(record.Layout, record.Id, values, record.Version, record.ModifiedOn);
    }
}
