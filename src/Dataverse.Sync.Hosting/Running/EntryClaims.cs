using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Hosting;

/// <summary>Brings the stored entries up to date, and takes those that start.</summary>
internal sealed class EntryClaims(
    SyncEngine engine, IJobQueueStore store, JobQueueSettings settings, QueueClock clock, ILogger logger)
{
    private readonly string process = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private long claims;
    private string? adoptedScope;
    private MappingOrder? order;

    /// <summary>The mappings of the engine at this moment.</summary>
    public MappingOrder Order
    {
        get
        {
            var mappings = engine.Mappings.All;
            var known = Volatile.Read(ref order);
            if (known is null || !ReferenceEquals(known.Mappings, mappings))
            {
                known = new(mappings);
                Volatile.Write(ref order, known);
            }

            return known;
        }
    }

    /// <summary>Returns the entries of the scope of the engine.</summary>
    public async Task<EntryStates> OpenAsync(CancellationToken cancellationToken) =>
        new(store, clock, (await engine.FindScopeAsync(cancellationToken).ConfigureAwait(false)).Name);

    /// <summary>Returns how an entry runs.</summary>
    public EntrySettings SettingsOf(StoredJobQueueEntry entry) =>
        entry.IsOneTime ? settings.Full(entry.Mapping) : settings.Recurring(entry.Mapping);

    /// <summary>Whether an entry may be started at all.</summary>
    public bool CanStart(StoredJobQueueEntry entry) => Order.CanRun(entry.Mapping) && SettingsOf(entry).IsEnabled;

    /// <summary>Takes the entries that are due and wait for no other.</summary>
    public async Task<IReadOnlyList<ClaimedEntry>> ClaimDueAsync(CancellationToken cancellationToken)
    {
        var states = await OpenAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var claimed = new List<ClaimedEntry>();
            try
            {
                var isUpToDate = await TryClaimAsync(states, claimed, cancellationToken).ConfigureAwait(false);
                if (isUpToDate || claimed.Count > 0)
                {
                    return claimed;
                }
            }
            catch (Exception failure) when (claimed.Count > 0)
            {
                // What was taken is run: otherwise nobody would until the ownership expires. The next look tells whether the
                // store still fails; a run that is cancelled gives its entry back.
                if (!cancellationToken.IsCancellationRequested)
                {
                    logger.CheckFailed(FailureReason.Of(failure));
                }

                return claimed;
            }
        }
    }

    /// <summary>
    /// Adds missing entries, frees those of processes that died, holds those whose mapping is fully synchronized, and
    /// gives them their state back afterwards.
    /// </summary>
    public async Task<IReadOnlyList<StoredJobQueueEntry>> RefreshAsync(
        EntryStates states, CancellationToken cancellationToken)
    {
        var known = await states.ReadAsync(cancellationToken).ConfigureAwait(false);
        var now = await clock.ReadAsync(cancellationToken).ConfigureAwait(false);
        var isFirst = adoptedScope != states.Scope;
        var names = known.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var missing = Order.Mappings.Where(mapping => !names.Contains(mapping.Name))
            .Select(mapping => EntryTransitions.New(settings.Recurring(mapping.Name), now));
        var pending = known.Where(EntryPlan.IsPendingFull).Select(entry => entry.Mapping).ToHashSet(StringComparer.Ordinal);
        var result = new List<StoredJobQueueEntry>();
        foreach (var entry in known.Concat(missing))
        {
            var wanted = Refreshed(entry, pending, isFirst, now);
            var saved = wanted == entry && entry.Version > 0
                ? entry
                : await SaveAsync(states, wanted, cancellationToken).ConfigureAwait(false);
            result.AddRange(saved is null ? [] : [saved]);
        }

        adoptedScope = states.Scope;
        return result;
    }

    // False if another process has taken or changed an entry, and with it perhaps what later entries must wait for.
    private async Task<bool> TryClaimAsync(
        EntryStates states, List<ClaimedEntry> claimed, CancellationToken cancellationToken)
    {
        var entries = await RefreshAsync(states, cancellationToken).ConfigureAwait(false);
        var now = await clock.ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var entry in EntryPlan.Choose(entries, Order, CanStart, now))
        {
            var owner = $"{process}/{Interlocked.Increment(ref claims)}";
            var started = EntryTransitions.Start(entry, owner, now, settings.OwnershipDuration);
            if (await states.TrySaveAsync(started, cancellationToken).ConfigureAwait(false) is not { } own)
            {
                return false;
            }

            logger.EntryStarted(own.Name);
            claimed.Add(new(states, own, SettingsOf(own)));
        }

        return true;
    }

    private StoredJobQueueEntry Refreshed(
        StoredJobQueueEntry entry, HashSet<string> pending, bool isFirst, DateTimeOffset now)
    {
        if (EntryPlan.IsAbandoned(entry, now))
        {
            logger.EntryAbandoned(entry.Name);
            entry = EntryTransitions.AfterStop(entry, now);
        }

        if (entry.IsOneTime)
        {
            return entry;
        }

        entry = isFirst ? EntryTransitions.Adopt(entry, settings.Recurring(entry.Mapping), now) : entry;
        return pending.Contains(entry.Mapping) ? EntryTransitions.HoldForFull(entry) : EntryTransitions.GiveBack(entry);
    }

    // What somebody else changes at the same time is read again.
    private static async Task<StoredJobQueueEntry?> SaveAsync(
        EntryStates states, StoredJobQueueEntry wanted, CancellationToken cancellationToken) =>
        await states.TrySaveAsync(wanted, cancellationToken).ConfigureAwait(false)
        ?? (await states.ReadAsync(cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(entry => entry.Name == wanted.Name);
}
