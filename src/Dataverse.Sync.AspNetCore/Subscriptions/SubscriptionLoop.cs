using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Decides when the subscriptions of an engine are looked after, and outlives every failure.</summary>
internal sealed class SubscriptionLoop(
    SubscriptionKeeper keeper, WebhookSettings settings, TimeProvider time, ILogger logger)
{
    // A look at the mappings, without a request.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);

    private IReadOnlySet<string> seen = new HashSet<string>(StringComparer.Ordinal);
    private DateTimeOffset due = DateTimeOffset.MinValue;
    private TimeSpan pause = FirstPause;

    /// <summary>Works until the host stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                if (IsDue())
                {
                    await WorkAsync(stopping).ConfigureAwait(false);
                }

                await Task.Delay(Step, time, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Ends the subscriptions, if the settings say so.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (!settings.DeleteOnStop)
        {
            return;
        }

        try
        {
            await keeper.EndAllAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            logger.SubscriptionsNotEnded(FailureReason.Of(failure));
        }
    }

    private bool IsDue()
    {
        // What lies further ahead than any check was planned by a clock that has been set back since.
        var now = time.GetUtcNow();
        if (now >= due || due - now > settings.CheckInterval)
        {
            return true;
        }

        // The mappings may change while a failure is waited out; that is no reason to try sooner.
        return pause == FirstPause && !keeper.Wanted().SetEquals(seen);
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        var succeeded = false;
        try
        {
            seen = keeper.Wanted();
            succeeded = await keeper.KeepAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            logger.SubscriptionsNotRead(FailureReason.Of(failure));
        }

        var now = time.GetUtcNow();
        due = succeeded ? NextCheck(now) : now + Shorter(pause, settings.CheckInterval);
        pause = succeeded ? FirstPause : Shorter(pause * 2, settings.CheckInterval);
    }

    private DateTimeOffset NextCheck(DateTimeOffset now)
    {
        var check = now + settings.CheckInterval;
        return keeper.RenewOn is { } renewal && renewal < check ? renewal : check;
    }

    private static TimeSpan Shorter(TimeSpan first, TimeSpan second) => first < second ? first : second;
}
