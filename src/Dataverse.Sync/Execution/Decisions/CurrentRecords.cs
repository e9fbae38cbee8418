namespace Dataverse.Sync.Execution;

/// <summary>The present state of records about which a person decides: their versions or values, and who is coupled.</summary>
internal sealed class CurrentRecords(EngineServices services, CompiledMapping mapping, MappingKey key)
{
    /// <summary>Reads records of both sides by id.</summary>
    /// <param name="wanted">The records.</param>
    /// <param name="withValues">Whether the values of the mapped fields are read.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The records that the systems return.</returns>
    public async Task<Dictionary<RecordKey, TableRecord>> ReadAsync(
        IEnumerable<RecordKey> wanted, bool withValues, CancellationToken cancellationToken)
    {
        var found = new Dictionary<RecordKey, TableRecord>();
        foreach (var group in wanted.Distinct().GroupBy(record => record.Side, record => record.Id))
        {
            var side = group.Key;
            var query = new RecordQuery
            {
                Table = mapping.Schema(side).Name,
                Fields = withValues ? FieldsOf(side) : [],
                Ids = [.. group],
            };
            foreach (var record in await services.Systems[side].ReadByIdAsync(query, cancellationToken).ConfigureAwait(false))
            {
                found[new(side, record.Id)] = record;
            }
        }

        return found;
    }

    /// <summary>Finds out which records are coupled, and with which.</summary>
    public async Task<Dictionary<RecordKey, Guid>> FindCoupledAsync(
        IEnumerable<RecordKey> records, CancellationToken cancellationToken)
    {
        var coupled = new Dictionary<RecordKey, Guid>();
        foreach (var group in records.Distinct().GroupBy(record => record.Side, record => record.Id))
        {
            var (side, other) = (group.Key, group.Key.Opposite());
            var found = await services.Store.FindAsync(key, side, [.. group], cancellationToken).ConfigureAwait(false);
            foreach (var coupling in found)
            {
                coupled[new(side, coupling.IdOf(side))] = coupling.IdOf(other);
            }
        }

        return coupled;
    }

    private List<string> FieldsOf(SyncSide side) =>
        [.. mapping.Fields.Where(field => field.CanRead(side)).Select(field => field.On(side).Name).Distinct()];
}
