namespace Dataverse.Sync.Execution;

/// <summary>Uncouples the pairs of which a record left its filter, and remembers both records.</summary>
internal sealed class LeavingExecutor(RunSettings settings, RowClaims claims, Commits commits)
{
    private const int PageSize = 500;

    public async Task ExecuteAsync(IReadOnlyList<LeavingPair> pairs, CancellationToken cancellationToken)
    {
        foreach (var page in pairs.Chunk(PageSize))
        {
            var released = await ReleaseAsync(page, cancellationToken).ConfigureAwait(false);
            var unit = commits.Begin();
            foreach (var pair in page)
            {
                unit.Uncouple(pair.Coupling.LocalId);
                foreach (var side in Sides.Both)
                {
                    var version = side == SyncSide.Integration
                        && released.Versions.TryGetValue(pair.Coupling.IntegrationId, out var after)
                            ? Fingerprint.OfVersion(after)
                            : pair.Versions[side];
                    unit.Remember(pair.Coupling, side, UncoupledPairs.ByFilter, version);
                }

                unit.Skip(pair.Key, SelectionErrors.Left(settings.Mapping.Name, pair.Outside));
                unit.Count(pair.Coupling, PlanOutcome.Uncoupled);
            }

            await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ReleasedRows> ReleaseAsync(LeavingPair[] pairs, CancellationToken cancellationToken)
    {
        if (settings.Mapping.Claim is null)
        {
            return new();
        }

        _ = await commits.CoverWriteAsync(cancellationToken).ConfigureAwait(false);
        List<Guid> ids = [.. pairs.Select(pair => pair.Coupling.IntegrationId)];
        return await claims.ReleaseAsync(ids, cancellationToken).ConfigureAwait(false);
    }
}
