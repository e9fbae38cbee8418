namespace Dataverse.Sync;

/// <summary>What <see cref="ISyncRule.FieldsTransferredAsync"/> is told, and the values it may change.</summary>
public sealed class FieldsTransferredArguments
{
    private readonly List<FieldWrite> fields;

    internal FieldsTransferredArguments(SyncRunContext run, SyncSide target, WriteKind kind, TableRecord? source, TableRecord? existing, IReadOnlyList<FieldWrite> fields)
    {
        Run = run;
        Target = target;
        Kind = kind;
        Source = source;
        Existing = existing;
        this.fields = [.. fields];
    }

    /// <summary>The run.</summary>
    public SyncRunContext Run { get; }

    /// <summary>The side that is written to.</summary>
    public SyncSide Target { get; }

    /// <summary>Whether a record is created or changed.</summary>
    public WriteKind Kind { get; }

    /// <summary>The record that the values come from.</summary>
    public TableRecord? Source { get; }

    /// <summary>The record that is changed; null when one is created.</summary>
    public TableRecord? Existing { get; }

    /// <summary>The values to be written.</summary>
    public IReadOnlyList<FieldWrite> Fields => fields;

    /// <summary>Writes a value, in place of one already there.</summary>
    public void Set(string field, FieldValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        Remove(field);
        fields.Add(new(field, value));
    }

    /// <summary>Leaves a field alone.</summary>
    public void Remove(string field) => fields.RemoveAll(write => write.Field == field);

    /// <summary>Whether a field is written.</summary>
    public bool Writes(string field) => fields.Exists(write => write.Field == field);
}
