namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A row as a URL names it: by primary key or by the values of an alternate key.</summary>
internal sealed record RowAddress(
    DataverseTableSchema Table, Guid? Id, DataverseAlternateKey? Key, IReadOnlyDictionary<string, object?> KeyValues)
{
    public DataverseRow? Find(DatabaseState state) => Id is { } id
        ? state.Find(Table.LogicalName, id)
        : state[Table.LogicalName].Find(Key!, column => KeyValues[column]);

    /// <exception cref="DataverseErrorException">There is no such row.</exception>
    public DataverseRow Get(DatabaseState state)
    {
        state.Hidden.CheckRow(Table.LogicalName, Id);
        return Find(state) ?? throw Missing();
    }

    public DataverseErrorException Missing() =>
        Id is { } id ? DataverseErrors.RowMissing(Table, id) : DataverseErrors.AlternateKeyMissing();
}
