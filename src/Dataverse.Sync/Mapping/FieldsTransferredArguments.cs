namespace Dataverse.Sync;

/// <summary>
/// The arguments of <see cref="ISyncRule.FieldsTransferredAsync"/>, with the values that a rule may change.
/// </summary>
public sealed class FieldsTransferredArguments
{
    private readonly List<FieldWrite> fields;

    internal FieldsTransferredArguments(
        SyncRunContext run,
        SyncSide target,
        WriteKind kind,
        TableRecord? source,
        TableRecord? existing,
        IReadOnlyList<FieldWrite> fields)
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

    /// <summary>The side to be written.</summary>
    public SyncSide Target { get; }

    /// <summary>
    /// Whether a record is created (<see cref="WriteKind.Insert"/>) or changed (<see cref="WriteKind.Update"/>).
    /// </summary>
    public WriteKind Kind { get; }

    /// <summary>The record on the other side, from which the values come.</summary>
    public TableRecord? Source { get; }

    /// <summary>The record to be changed, or null if one is created.</summary>
    public TableRecord? Existing { get; }

    /// <summary>The values to be written, including the changes of the rules called before.</summary>
    public IReadOnlyList<FieldWrite> Fields => fields;

    /// <summary>Writes a value to a field, replacing a value that is already to be written.</summary>
    /// <param name="field">
    /// The name of the field on the <see cref="Target"/> side. It does not have to be mapped.
    /// </param>
    /// <param name="value">The value. A blank clears the field.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> is null or empty.</exception>
    public void Set(string field, FieldValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        Remove(field);
        fields.Add(new(field, value));
    }

    /// <summary>Does not write a field. Its present value counts as synchronized.</summary>
    /// <param name="field">The name of the field on the <see cref="Target"/> side.</param>
    public void Remove(string field) => fields.RemoveAll(write => write.Field == field);

    /// <summary>Determines whether a field is to be written.</summary>
    /// <param name="field">The name of the field on the <see cref="Target"/> side.</param>
    /// <returns>Whether <see cref="Fields"/> contains the field.</returns>
    public bool Writes(string field) => fields.Exists(write => write.Field == field);
}
