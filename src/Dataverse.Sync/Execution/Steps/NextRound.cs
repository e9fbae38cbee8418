namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the pairs of a page whose writes were refused for a reason that another round can remove, and reads them again.
/// </summary>
internal sealed class NextRound(RunSettings settings, MappingTables tables, SuspectedDeletions suspects)
{
    /// <summary>Whether any pair needs another round.</summary>
    public bool IsNeeded(List<WrittenPair> page) => page.Exists(written => NeedsReading(written) || LeftTooLate(written));

    /// <summary>Prepares the next round.</summary>
    /// <param name="page">The pairs of this round.</param>
    /// <param name="done">Receives the pairs that need no further round.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The pairs to plan again, with their current records.</returns>
    public async Task<List<Pair>> PrepareAsync(
        List<WrittenPair> page, List<WrittenPair> done, CancellationToken cancellationToken)
    {
        var pairs = new List<Pair>();
        var changed = new List<WrittenPair>();
        foreach (var written in page)
        {
            if (NeedsReading(written))
            {
                changed.Add(written);
            }
            else if (LeftTooLate(written))
            {
                pairs.Add(written.Pair with { History = HistoryAfter(written) });
            }
            else
            {
                done.Add(written);
            }
        }

        if (changed.Count > 0)
        {
            await ReadAgainAsync(changed, pairs, done, cancellationToken).ConfigureAwait(false);
        }

        return pairs;
    }

    private async Task ReadAgainAsync(
        List<WrittenPair> changed, List<Pair> pairs, List<WrittenPair> done, CancellationToken cancellationToken)
    {
        var kept = changed.ConvertAll(KeepApplied);
        var records = new Sides<Dictionary<Guid, TableRecord>>(
            await ReadAsync(SyncSide.Local, kept, cancellationToken).ConfigureAwait(false),
            await ReadAsync(SyncSide.Integration, kept, cancellationToken).ConfigureAwait(false));
        foreach (var (written, pair) in changed.Zip(kept))
        {
            var current = Sides.Of(side => records[side].GetValueOrDefault(pair.Coupling!.IdOf(side)));
            var refreshed = pair with { Records = Sides.Of(side => current[side] ?? pair.On(side)) };
            if (pair.Coupling != written.Pair.Coupling && pair.Adopts is { } insert)
            {
                if (current[insert.Target] is not { } record)
                {
                    // The other record has the same business key, not the same id.
                    done.Add(written);
                    continue;
                }

                refreshed = refreshed with { Base = insert.BaseWith(record, settings) };
            }

            if (IsMerged(current))
            {
                // The next run moves the coupling, or adopts the record first and then moves it.
                done.Add(written);
                continue;
            }

            if (SuspectMissing(pair.Coupling!, current))
            {
                done.Add(written with { Write = written.Write with { Pair = refreshed } });
            }
            else
            {
                pairs.Add(refreshed);
            }
        }
    }

    private static bool NeedsReading(WrittenPair written) => HasChanged(written) || FindOwnInsert(written) is not null;

    private static bool HasChanged(WrittenPair written) => written.Pair.Coupling is not null
        && (written.HasStatus(SyncSide.Local, WriteStatus.VersionMismatch)
            || written.HasStatus(SyncSide.Integration, WriteStatus.VersionMismatch));

    // Nobody else uses an id that the engine chose. So a record that exists under it results from this insert: from a
    // request of an earlier run, or from one that a gateway repeated after it lost the response.
    private static Intent? FindOwnInsert(WrittenPair written)
    {
        foreach (var side in Sides.Both)
        {
            var isRefused = written.Results[side]?.Status == WriteStatus.AlreadyExists;
            if (isRefused && written.Write.Intents[side] is { Kind: WriteKind.Insert } intent && intent.HasChosenId())
            {
                return intent;
            }
        }

        return null;
    }

    // The connector did not send the insert, because the time by which it had to leave was over.
    private bool LeftTooLate(WrittenPair written) =>
        LeftTooLate(written, SyncSide.Local) || LeftTooLate(written, SyncSide.Integration);

    private bool LeftTooLate(in WrittenPair written, SyncSide side) =>
        written.HasStatus(side, WriteStatus.Transient)
        && written.Write.Intents[side] is { Kind: WriteKind.Insert } intent
        && settings.Now > intent.SendBefore;

    private Pair KeepApplied(WrittenPair written)
    {
        var pair = written.Pair with { History = HistoryAfter(written) };
        if (written.OnlyAppliedSide is { } applied)
        {
            pair = pair with
            {
                Base = BaseAfterWrite.ComputePartly(settings.Mapping, written, applied),
                History = pair.History with
                {
                    Decided = [.. pair.History.Decided, .. PairConflicts.CarriedOut(written)],
                    HasWritten = true,
                },
            };
        }

        if (pair.Coupling is null && FindOwnInsert(written) is { } insert)
        {
            var coupling = Coupling.Between(pair.Source, insert.SourceId, insert.TargetId);
            pair = pair with { Coupling = coupling, Base = insert.Outcome, Adopts = insert };
        }

        return pair;
    }

    private static PairHistory HistoryAfter(WrittenPair written) => written.Pair.History with
    {
        Intents =
        [
            .. written.Pair.History.Intents,
            .. Sides.Both.Select(side => written.Write.Intents[side]).OfType<Intent>(),
        ],
    };

    private bool IsMerged(Sides<TableRecord?> current) =>
        Sides.Both.Any(side => current[side] is { } record && settings.Mapping.Merges[side].IsMerged(record));

    private Task<Dictionary<Guid, TableRecord>> ReadAsync(
        SyncSide side, List<Pair> pairs, CancellationToken cancellationToken) =>
        tables.ReadAsync(side, pairs.ConvertAll(pair => pair.Coupling!.IdOf(side)), cancellationToken);

    private bool SuspectMissing(Coupling coupling, Sides<TableRecord?> current)
    {
        foreach (var side in Sides.Both)
        {
            if (current[side] is null)
            {
                suspects.Add(side, coupling.IdOf(side), isReported: false);
                return true;
            }
        }

        return false;
    }
}
