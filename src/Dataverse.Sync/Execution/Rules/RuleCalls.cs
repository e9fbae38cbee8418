using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Calls a member of a rule. An exception becomes the error of the record for which the member was called.
/// </summary>
/// <remarks>
/// The member receives the token from here. A call that captured the token of its method would allocate a closure even
/// if there are no rules.
/// </remarks>
internal sealed class RuleCalls(string mapping, ILogger logger)
{
    public async ValueTask<(T? Answer, SyncError? Failure)> RunAsync<T>(
        ISyncRule rule, string member, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return (await call(cancellationToken).ConfigureAwait(false), null);
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

    public async ValueTask<SyncError?> RunAsync(
        ISyncRule rule, string member, Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken)
    {
        var (_, failure) = await RunAsync(rule, member, CallAsync, cancellationToken).ConfigureAwait(false);
        return failure;

        async ValueTask<bool> CallAsync(CancellationToken token)
        {
            await call(token).ConfigureAwait(false);
            return true;
        }
    }

    // A rule may look things up in other systems or run another engine, and fail as they do. What concerns the run itself
    // is the store, the lease, and its own cancellation.
    private static bool IsOfRule(Exception failure, CancellationToken cancellationToken) =>
        failure is not (CouplingStoreException or LeaseLostException)
        && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
