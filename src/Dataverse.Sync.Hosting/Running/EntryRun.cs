using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Hosting;

/// <summary>
/// Runs one entry after another to its end: renews the ownership, runs the mapping, and stores the new state.
/// </summary>
internal sealed class EntryRun(SyncEngine engine, RunTimes times, TimeProvider time, ILogger logger)
{
    /// <summary>Runs an entry. What fails is logged and stored, and never thrown.</summary>
    public async Task RunAsync(ClaimedEntry claimed, CancellationToken cancellationToken)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = RenewAsync(claimed, running);
        var change = await AttemptAsync(claimed, running.Token).ConfigureAwait(false);
        await running.CancelAsync().ConfigureAwait(false);
        await renewal.ConfigureAwait(false);
        await EndAsync(claimed, change).ConfigureAwait(false);
    }

    // Returns how the run changes the state of the entry, which may have been changed meanwhile.
    private async Task<Func<StoredJobQueueEntry, DateTimeOffset, StoredJobQueueEntry>> AttemptAsync(
        ClaimedEntry claimed, CancellationToken cancellationToken)
    {
        var settings = claimed.Settings;
        try
        {
            var job = settings.Kind == SyncJobKind.Full
                ? await engine.SynchronizeFullAsync(settings.Mapping, null, cancellationToken).ConfigureAwait(false)
                : await engine.SynchronizeTableAsync(settings.Mapping, null, cancellationToken).ConfigureAwait(false);
            logger.EntryEnded(claimed.Entry.Name, job.Status);
            return (entry, now) => EntryTransitions.AfterRun(entry, settings, job, now);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.EntryCancelled(claimed.Entry.Name);
            return EntryTransitions.AfterStop;
        }
        catch (MappingBusyException busy)
        {
            logger.EntryBusy(claimed.Entry.Name);
            return (entry, now) => EntryTransitions.AfterBusy(entry, busy.Message, now, times.BusyDelay);
        }
        catch (Exception failure)
        {
            var attempts = claimed.Entry.Attempts + 1;
            logger.EntryFailed(claimed.Entry.Name, attempts, settings.MaximumAttempts, FailureReason.Of(failure));
            return (entry, now) => EntryTransitions.AfterFailure(entry, settings, FailureReason.Of(failure), now);
        }
    }

    // Also while the host stops, so that the next process need not wait for the ownership to expire.
    private async Task EndAsync(
        ClaimedEntry claimed, Func<StoredJobQueueEntry, DateTimeOffset, StoredJobQueueEntry> change)
    {
        try
        {
            var stored = await claimed.States.ChangeAsync(
                claimed.Entry.Name,
                (entry, now) => claimed.Owns(entry) ? change(entry!, now) : null,
                CancellationToken.None).ConfigureAwait(false);
            if (stored is { State: JobQueueEntryState.Error })
            {
                logger.EntryInError(stored.Name, stored.Attempts);
            }
        }
        catch (Exception failure)
        {
            // The entry stays in process until its ownership expires. Then it is run again, which finds nothing to do.
            logger.StateNotStored(claimed.Entry.Name, FailureReason.Of(failure));
        }
    }

    // Renews the ownership until the run has ended, and ends the run if somebody else has taken the entry.
    private async Task RenewAsync(ClaimedEntry claimed, CancellationTokenSource running)
    {
        using var timer = new PeriodicTimer(times.OwnershipDuration / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(running.Token).ConfigureAwait(false))
            {
                if (!await TryRenewAsync(claimed, running.Token).ConfigureAwait(false))
                {
                    logger.OwnershipLost(claimed.Entry.Name);
                    await running.CancelAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception) when (running.IsCancellationRequested)
        {
            // The run has ended.
        }
    }

    // A store that does not answer for a while takes nothing away: the lease of the mapping guards the records.
    private async Task<bool> TryRenewAsync(ClaimedEntry claimed, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await claimed.States.ChangeAsync(
                claimed.Entry.Name,
                (entry, now) => claimed.Owns(entry)
                    ? EntryTransitions.Renew(entry!, now, times.OwnershipDuration)
                    : null,
                cancellationToken).ConfigureAwait(false);
            return claimed.Owns(stored);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.OwnershipNotRenewed(claimed.Entry.Name, FailureReason.Of(failure));
            return true;
        }
    }
}
