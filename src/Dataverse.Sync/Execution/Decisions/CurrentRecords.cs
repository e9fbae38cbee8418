namespace Dataverse.Sync.Execution;

/// <summary>The present state of records about which a person decides: their versions or values, and who is coupled.</summary>
internal sealed class CurrentRecords(EngineServices services, CompiledMapping mapping, MappingKey key)
{
    /// <summary>Reads records of both sides by id.</summary>
    /// <param name="wanted">The records.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The records that the systems return.</returns>
    public async Task<Dictionary<RecordKey, TableRecord>> ReadAsync(
        IEnumerable<RecordKey> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<RecordKey, TableRecord>();
        foreach (var group in wanted.Distinct().GroupBy(record => record.Side, record => record.Id))
        {
            var side = group.Key;
            var query = new RecordQuery
            {
                Table = mapping.Schema(side).Name,
                Fields = [.. FieldsOf(side).Union(ClaimOn(side))],
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

    /// <summary>
    /// Returns a fingerprint of what a person sees of a record: of its version, or of its values in a system without
    /// versions.
    /// </summary>
    public ulong StateOf(SyncSide side, TableRecord record)
    {
        if (record.Version is not null)
        {
            return Fingerprint.OfVersion(record.Version);
        }

        var values = mapping.View(side, record);
        return mapping.Fields.Where(field => field.CanRead(side))
            .Aggregate(1UL, (state, field) => (state * 31) + values.FingerprintOf(field));
    }

    private IEnumerable<string> ClaimOn(SyncSide side) =>
        side == SyncSide.Integration && mapping.Claim is { } claim ? [claim.Column] : [];

    private List<string> FieldsOf(SyncSide side) =>
        [.. mapping.Fields.Where(field => field.CanRead(side)).Select(field => field.On(side).Name).Distinct()];
}
