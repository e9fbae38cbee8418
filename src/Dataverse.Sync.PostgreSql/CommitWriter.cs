namespace Dataverse.Sync.PostgreSql;

/// <summary>Applies a commit within its transaction.</summary>
internal sealed class CommitWriter(BaseShapes shapes, StoreClock clock, StoreGuard guard)
{
    /// <summary>Applies everything in a commit, and returns what to remember once the transaction is committed.</summary>
    /// <exception cref="LeaseLostException">The lease is not the current lease of the mapping.</exception>
    /// <exception cref="CouplingStoreException">A record would be in two couplings.</exception>
    public async Task<AppliedCommit> ApplyAsync(
        StoreConnection connection, StoreCommit commit, CancellationToken cancellationToken)
    {
        var locked = await MappingTable.LockAsync(connection, commit, clock, cancellationToken).ConfigureAwait(false);
        guard.CheckWrites(commit.Lease.Key, locked.Writes);
        var ids = await BaseShapeTable.StoreAsync(connection, shapes, commit, cancellationToken).ConfigureAwait(false);
        await UncoupleAsync(connection, locked.Id, commit.UncoupledLocalIds, locked.Now, cancellationToken)
            .ConfigureAwait(false);
        foreach (var other in commit.UncoupledElsewhere.GroupBy(record => record.Mapping, record => record.Record.Id))
        {
            // A mapping that was not run yet has nothing to forget.
            if (locked.Others.TryGetValue(other.Key, out var mapping))
            {
                await UncoupleAsync(connection, mapping, [.. other], locked.Now, cancellationToken).ConfigureAwait(false);
            }
        }

        var moved = await CouplingWriter.SaveAsync(connection, locked, commit, ids, cancellationToken)
            .ConfigureAwait(false);
        await ConflictTable.LapseAsync(connection, locked.Id, moved, locked.Now, cancellationToken).ConfigureAwait(false);
        Statement[] rest = [.. Rest(connection, commit, locked, ids)];
        if (rest.Length > 0)
        {
            await connection.RunAsync(rest, cancellationToken).ConfigureAwait(false);
        }

        return new(locked.Writes, ids.Added);
    }

    private static async Task UncoupleAsync(
        StoreConnection connection,
        long mapping,
        IReadOnlyCollection<Guid> localIds,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var removed = await CouplingTable.RemoveAsync(connection, mapping, localIds, cancellationToken)
            .ConfigureAwait(false);
        await ConflictTable.LapseAsync(connection, mapping, removed, now, cancellationToken).ConfigureAwait(false);
    }

    // What returns no rows is sent in one message. Removals come before additions.
    private static IEnumerable<Statement> Rest(
        StoreConnection connection, StoreCommit commit, MappingLock locked, ShapeIds ids)
    {
        var scope = commit.Lease.Key.Scope;
        var clearedElsewhere = commit.ClearedElsewhere.GroupBy(record => record.Mapping, record => record.Record)
            .Where(other => locked.Others.ContainsKey(other.Key))
            .SelectMany(other => FailureTable.Remove(locked.Others[other.Key], [.. other]));
        return
        [
            .. clearedElsewhere,
            .. IntentTable.Remove(locked.Id, commit.RemovedIntents),
            .. FailureTable.Remove(locked.Id, commit.ClearedFailures),
            .. IntentTable.Save(connection, locked.Id, commit.Intents, ids),
            .. FailureTable.Save(locked.Id, commit.Failures),
            .. ConflictTable.Save(connection, locked.Id, commit.Conflicts),
            .. AnnouncedDeletionTable.Remove(scope, commit.WithdrawnDeletions),
            .. AnnouncedDeletionTable.Save(scope, commit.AnnouncedDeletions),
            .. commit.State is { } state ? [MappingTable.SaveState(locked.Id, state)] : Array.Empty<Statement>(),
        ];
    }
}
