using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Calls a member of a rule. An exception becomes the error of the record for which the member was called.
/// </summary>
/// <remarks>
/// Rules are called several times for each record. So the calls are static functions that receive what they need, and
/// nothing is allocated besides the arguments.
/// </remarks>
internal sealed class RuleCalls(string mapping, ILogger logger)
{
    public async ValueTask<(T? Answer, SyncError? Failure)> RunAsync<TArguments, T>(
        ISyncRule rule,
        string member,
        Func<ISyncRule, TArguments, CancellationToken, ValueTask<T>> call,
        TArguments arguments,
        CancellationToken cancellationToken)
    {
        try
        {
            return (await call(rule, arguments, cancellationToken).ConfigureAwait(false), null);
        }
        catch (SyncRuleException refusal)
        {
            return (default, new SyncError(SyncErrorCodes.RefusedByRule, refusal.Message));
        }
        catch (Exception failure) when (IsOfRule(failure, cancellationToken))
        {
            var name = rule.GetType().Name;
            logger.RuleFailed(mapping, name, failure.GetType().Name);
            var reason = failure is SyncException ? $": {failure.Message}" : ".";
            var message = $"Rule {name} failed in {member} with {failure.GetType().Name}{reason}";
            return (default, new SyncError(SyncErrorCodes.RuleFailed, message));
        }
    }

    public async ValueTask<SyncError?> RunAsync<TArguments>(
        ISyncRule rule,
        string member,
        Func<ISyncRule, TArguments, CancellationToken, ValueTask> call,
        TArguments arguments,
        CancellationToken cancellationToken)
    {
        var (_, failure) = await RunAsync(
            rule,
            member,
            static async (asked, given, token) =>
            {
                await given.call(asked, given.arguments, token).ConfigureAwait(false);
                return true;
            },
            (call, arguments),
            cancellationToken).ConfigureAwait(false);
        return failure;
    }

    // A rule may look things up in other systems or run another engine, and fail as they do. What concerns the run itself
    // is the store, the lease, and its own cancellation.
    private static bool IsOfRule(Exception failure, CancellationToken cancellationToken) =>
        failure is not (CouplingStoreException or LeaseLostException)
        && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
