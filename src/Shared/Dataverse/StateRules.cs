namespace Dataverse.Sync.Shared;

/// <summary>
/// The state of records: new records are created active, and inactive records refuse changes on some tables.
/// </summary>
internal static class StateRules
{
    /// <summary>The code of the active state on every table.</summary>
    public const int Active = 0;

    /// <summary>Whether a field is the state or the status.</summary>
    public static bool IsState(FieldWrite write) => write.Field is ColumnNames.StateCode or ColumnNames.StatusCode;

    /// <summary>Whether a write holds a state.</summary>
    public static bool WritesState(WriteOperation operation) => StateIn(operation) is not null;

    /// <summary>Whether a write leaves the record inactive.</summary>
    public static bool EndsInactive(WriteOperation operation) =>
        StateIn(operation) is { IsBlank: false } state && state.AsDecimal() != Active;

    /// <summary>Whether an insert needs an update in the same transaction that sets its state.</summary>
    public static bool NeedsSecondWrite(WriteOperation operation) =>
        operation.Kind == WriteKind.Insert && EndsInactive(operation);

    /// <summary>
    /// Whether a field belongs into the first request of a write: an insert with a state is created without it.
    /// </summary>
    public static bool BelongsToFirstWrite(WriteOperation operation, FieldWrite write) =>
        !IsState(write) || operation.Kind != WriteKind.Insert || !WritesState(operation);

    /// <summary>
    /// The state and status in which a write leaves a record that was inactive before: its own, or those of the record.
    /// </summary>
    /// <param name="operation">The write.</param>
    /// <param name="stateBefore">The record's state.</param>
    /// <param name="statusBefore">The record's status.</param>
    public static IReadOnlyList<FieldWrite> FinalState(
        WriteOperation operation, FieldValue stateBefore, FieldValue statusBefore) => WritesState(operation)
        ? [.. operation.Fields.Where(IsState)]
        : [new(ColumnNames.StateCode, stateBefore), new(ColumnNames.StatusCode, statusBefore)];

    // A field comes once. This is asked for every write, so it is a loop that allocates nothing.
    private static FieldValue? StateIn(WriteOperation operation)
    {
        var fields = operation.Fields;
        for (var index = 0; index < fields.Count; index++)
        {
            if (fields[index].Field == ColumnNames.StateCode)
            {
                return fields[index].Value;
            }
        }

        return null;
    }
}
