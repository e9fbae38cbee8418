namespace Dataverse.Sync.HttpHarness;

/// <summary>A value that a user gave to a field, with the value that the user saw before.</summary>
/// <param name="Order">The position among all edits of the history.</param>
/// <param name="Marker">The marker of the record.</param>
/// <param name="Side">The side on which the user works.</param>
/// <param name="Field">The field.</param>
/// <param name="Before">The value that the user replaced.</param>
/// <param name="Value">The value as stored.</param>
/// <param name="IsCreation">Whether the value came with a new record.</param>
internal sealed record Edit(
    int Order, string Marker, SyncSide Side, FieldPair Field, object? Before, object? Value, bool IsCreation)
{
    public override string ToString() =>
        $"#{Order} {Side} {Marker}.{Field.On(Side)}: {RowValues.Print(Before)} -> {RowValues.Print(Value)}";
}
