namespace Dataverse.Sync;

/// <summary>
/// The arguments of <see cref="ISyncRule.FieldsTransferredAsync"/>, with the values that a rule may change.
/// </summary>
public sealed class FieldsTransferredArguments
{
    private readonly List<FieldWrite> fields;
    private readonly Func<SyncSide, string, bool> hasChanged;
    private bool isComplete;

    internal FieldsTransferredArguments(
        SyncRunContext run,
        SyncSide target,
        WriteKind kind,
        TableRecord? source,
        TableRecord? existing,
        IReadOnlyList<FieldWrite> fields,
        Func<SyncSide, string, bool> hasChanged)
    {
        this.hasChanged = hasChanged;
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
    /// <exception cref="InvalidOperationException">The rules have returned, and the values are being written.</exception>
    public void Set(string field, FieldValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        Remove(field);
        fields.Add(new(field, value));
    }

    /// <summary>Does not write a field. Its present value counts as synchronized.</summary>
    /// <param name="field">The name of the field on the <see cref="Target"/> side.</param>
    /// <exception cref="InvalidOperationException">The rules have returned, and the values are being written.</exception>
    public void Remove(string field)
    {
        if (isComplete)
        {
            throw new InvalidOperationException("A rule cannot change the values of a record after it has returned.");
        }

        for (var index = fields.Count - 1; index >= 0; index--)
        {
            if (fields[index].Field == field)
            {
                fields.RemoveAt(index);
            }
        }
    }

    /// <summary>
    /// Determines whether a field of <see cref="Source"/> differs from what was last synchronized.
    /// </summary>
    /// <param name="field">The name of a mapped field on the source's side.</param>
    /// <returns>
    /// Whether it differs; true if the field was never synchronized, and false if it is not mapped.
    /// </returns>
    public bool HasSourceChanged(string field) => hasChanged(Target.Opposite(), field);

    /// <summary>
    /// Determines whether a field of <see cref="Existing"/> differs from what was last synchronized.
    /// </summary>
    /// <param name="field">The name of a mapped field on the <see cref="Target"/> side.</param>
    /// <returns>
    /// Whether it differs; true if the field was never synchronized, and false if it is not mapped.
    /// </returns>
    public bool HasTargetChanged(string field) => hasChanged(Target, field);

    /// <summary>
    /// Adds an error to the job without failing the record, such as the reason why a value was left out.
    /// </summary>
    /// <param name="field">The name of the field on the <see cref="Target"/> side.</param>
    /// <param name="message">A sentence for people, without values of records.</param>
    /// <exception cref="ArgumentException">An argument is null or empty.</exception>
    public void Report(string field, string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentException.ThrowIfNullOrEmpty(message);
        if (Source is not null)
        {
            var record = new RecordKey(Target.Opposite(), Source.Id);
            Run.Report?.Invoke(record, new(SyncErrorCodes.FieldLeftOut, message, field));
        }
    }

    /// <summary>Determines whether a field is to be written.</summary>
    /// <param name="field">The name of the field on the <see cref="Target"/> side.</param>
    /// <returns>Whether <see cref="Fields"/> contains the field.</returns>
    public bool Writes(string field) => fields.ValueOf(field) is not null;

    /// <summary>Ends the changes, and returns the values to be written.</summary>
    internal IReadOnlyList<FieldWrite> Complete()
    {
        isComplete = true;
        return fields;
    }
}
