namespace Dataverse.Sync.Execution;

/// <summary>Claims and releases single integration rows, each under the condition of the version that was read.</summary>
/// <remarks>
/// These writes need no journal: a repetition changes nothing, and a row that was claimed or released without its
/// coupling being stored is found in that state.
/// </remarks>
internal sealed class RowClaims(CompiledMapping mapping, MappingTables tables)
{
    private const int MaximumRounds = 4;

    /// <summary>The update of a row by one write.</summary>
    public static WriteOperation UpdateOf(TableRecord row, FieldWrite write) => new()
    {
        Kind = WriteKind.Update,
        Id = row.Id,
        ExpectedVersion = row.Version,
        Fields = [write],
    };

    /// <summary>The row after it was claimed.</summary>
    public static TableRecord Claimed(TableRecord row, CompanyClaim claim, WriteResult result)
    {
        var values = row.Values.ToArray();
        values[row.Layout.IndexOf(claim.Column)] = claim.Write.Value;
        return new(row.Layout, row.Id, values, VersionOf(result) ?? row.Version, row.ModifiedOn);
    }

    /// <summary>Whether the rows of the mapping belong to companies.</summary>
    public bool CanClaim => mapping.Claim is not null;

    /// <summary>Reads rows, and claims those that belong to nobody.</summary>
    /// <returns>The ids of the rows that can be coupled: those that do not belong to another company now.</returns>
    public async Task<HashSet<Guid>> ClaimAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (mapping.Claim is not { } claim)
        {
            return [.. ids];
        }

        var found = await tables.ReadAllAsync(SyncSide.Integration, ids, cancellationToken).ConfigureAwait(false);
        var rows = found.Values.Where(row => !claim.IsOther(row)).ToLookup(claim.IsNeededBy);
        var free = rows[true].ToList();
        if (free.Count == 0)
        {
            return [.. rows[false].Select(row => row.Id)];
        }

        var operations = free.ConvertAll(row => UpdateOf(row, claim.Write));
        var results = await tables.WriteAsync(SyncSide.Integration, operations, sendBefore: null, cancellationToken)
            .ConfigureAwait(false);
        var claimed = free.Zip(results).Where(pair => pair.Second.Status == WriteStatus.Applied).Select(pair => pair.First);
        return [.. rows[false].Concat(claimed).Select(row => row.Id)];
    }

    /// <summary>Whether one of the rows belongs to the own company.</summary>
    public bool CanRelease(IEnumerable<TableRecord> rows) => mapping.Claim is { } claim && rows.Any(claim.IsOwn);

    /// <summary>Empties the company of the rows that belong to the own company.</summary>
    /// <param name="rows">The rows as they were read. Those that changed since are read again.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The new versions by id, and the errors of the rows that remain claimed.</returns>
    public async Task<ReleasedRows> ReleaseAsync(
        IReadOnlyList<TableRecord> rows, CancellationToken cancellationToken)
    {
        var released = new ReleasedRows();
        if (mapping.Claim is not { } claim)
        {
            return released;
        }

        for (var round = 1; round <= MaximumRounds; round++)
        {
            List<TableRecord> own = [.. rows.Where(claim.IsOwn)];
            if (own.Count == 0)
            {
                break;
            }

            var changed = await ReleaseAsync(own, claim, released, cancellationToken).ConfigureAwait(false);
            rows = changed.Count == 0
                ? []
                : [.. (await tables.ReadAsync(SyncSide.Integration, changed, cancellationToken).ConfigureAwait(false)).Values];
        }

        return released;
    }

    /// <summary>Reads rows, and empties the company of those that belong to the own company.</summary>
    public async Task<ReleasedRows> ReleaseAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var rows = await tables.ReadAllAsync(SyncSide.Integration, ids, cancellationToken).ConfigureAwait(false);
        return await ReleaseAsync([.. rows.Values], cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<Guid>> ReleaseAsync(
        List<TableRecord> own, CompanyClaim claim, ReleasedRows released, CancellationToken cancellationToken)
    {
        var write = claim.Write with { Value = FieldValue.Blank };
        var operations = own.ConvertAll(row => UpdateOf(row, write));
        var results = await tables.WriteAsync(SyncSide.Integration, operations, sendBefore: null, cancellationToken)
            .ConfigureAwait(false);
        var changed = new List<Guid>();
        foreach (var (row, result) in own.Zip(results))
        {
            _ = released.Errors.Remove(row.Id);
            if (result.Status == WriteStatus.Applied)
            {
                released.Versions[row.Id] = VersionOf(result);
            }
            else if (result.Status != WriteStatus.NotFound)
            {
                released.Errors[row.Id] = WriteErrors.Of(result);
            }

            if (result.Status == WriteStatus.VersionMismatch)
            {
                changed.Add(row.Id);
            }
        }

        return changed;
    }

    private static string? VersionOf(WriteResult result) => result.Version ?? result.Record?.Version;
}
