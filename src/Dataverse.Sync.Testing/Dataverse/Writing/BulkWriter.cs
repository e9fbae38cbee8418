namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The rules of messages that write several rows of a table: one transaction each, all or nothing.</summary>
internal sealed class BulkWriter(DataverseEmulatorOptions options, DataverseRowWriter writer)
{
    /// <exception cref="DataverseErrorException">The table has no such message.</exception>
    public static void CheckOffered(DataverseTableSchema table, string message)
    {
        if (!table.Definition.BulkMessages)
        {
            throw DataverseErrors.InvalidArgument($"{message} is not enabled on the entity {table.LogicalName}.");
        }
    }

    /// <exception cref="DataverseErrorException">The database takes too long for so many rows.</exception>
    public void CheckCount(int targets)
    {
        if (targets > options.SqlTimeoutAboveTargets)
        {
            throw new DataverseErrorException(options.SqlErrorStatus, "0x80044151", "SQL timeout expired.");
        }
    }

    /// <summary>Creates rows, and gives their keys in order.</summary>
    /// <exception cref="DataverseErrorException">A row breaks a rule.</exception>
    public List<Guid> Create(DataverseTransaction transaction, DataverseTableSchema table, List<RowChange> changes)
    {
        if (!options.AllowOwnKeysInCreateMultiple && changes.Exists(change => change.Id is not null))
        {
            throw DataverseErrors.InvalidArgument("CreateMultiple does not take primary keys.");
        }

        return changes.ConvertAll(change => writer.Create(transaction, table, change).Id);
    }

    /// <summary>Updates rows. Of two changes of one row, only the first counts.</summary>
    /// <exception cref="DataverseErrorException">A row is missing or breaks a rule.</exception>
    public void Update(DataverseTransaction transaction, DataverseTableSchema table, List<RowChange> changes)
    {
        if (changes.Exists(change => change.Id is null))
        {
            throw DataverseErrors.InvalidArgument("Every target of UpdateMultiple needs its primary key.");
        }

        var first = changes.DistinctBy(change => change.Id).ToArray();
        var missing = first.Select(change => change.Id!.Value)
            .Where(id => transaction.State.Find(table.LogicalName, id) is null).ToArray();
        if (missing.Length > 0)
        {
            throw DataverseErrors.RowsMissing(table, missing);
        }

        foreach (var change in first)
        {
            _ = writer.Update(transaction, table, transaction.State.Find(table.LogicalName, change.Id!.Value)!, change);
        }
    }
}
