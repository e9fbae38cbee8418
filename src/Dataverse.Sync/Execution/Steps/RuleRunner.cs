using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>Calls the rules of a run in order and turns their answers, and their failures, into plans.</summary>
internal sealed class RuleRunner(MappingRunContext run)
{
    private IReadOnlyList<ISyncRule> Rules => run.Mapping.Rules;

    /// <summary>Null when every rule keeps the record, else what to do instead.</summary>
    public async ValueTask<PairPlan?> SelectAsync(PairWork work, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new RecordSelectedArguments(run.RuleContext, work.Source, work.SourceRecord, work.Coupling);
            var (decision, failure) = await CallAsync(rule, () => rule.RecordSelectedAsync(arguments, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (failure is not null)
            {
                return PairPlan.Fail(failure);
            }

            if (decision.Reason is { } reason)
            {
                return PairPlan.Skip(SyncErrorCodes.RefusedByRule, reason);
            }
        }

        return null;
    }

    public async ValueTask<(Guid? Partner, SyncError? Failure)> FindPartnerAsync(PairWork work, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new PartnerWantedArguments(run.RuleContext, work.Source, work.SourceRecord);
            var (partner, failure) = await CallAsync(rule, () => rule.PartnerWantedAsync(arguments, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (failure is not null || partner is not null)
            {
                return (partner, failure);
            }
        }

        return default;
    }

    /// <summary>Lets the rules decide the open conflicts of a plan; null when they leave all of them to the policy.</summary>
    public async ValueTask<(Dictionary<FieldMappingKey, ConflictResolution>? Decisions, SyncError? Failure)> DecideAsync(PairWork work, PairPlan plan, CancellationToken cancellationToken)
    {
        Dictionary<FieldMappingKey, ConflictResolution>? decisions = null;
        foreach (var conflict in Rules.Count == 0 ? [] : plan.Conflicts)
        {
            var field = run.Mapping.Fields.First(item => item.Mapping.Key == conflict.FieldMapping).Mapping;
            var arguments = new ConflictDetectedArguments(run.RuleContext, field, work.Local!, work.Integration!);
            foreach (var rule in Rules)
            {
                var (decision, failure) = await CallAsync(rule, () => rule.ConflictDetectedAsync(arguments, cancellationToken), cancellationToken).ConfigureAwait(false);
                if (failure is not null)
                {
                    return (null, failure);
                }

                if (decision != ConflictDecision.FollowPolicy)
                {
                    (decisions ??= [])[conflict.FieldMapping] = ResolutionOf(decision);
                    break;
                }
            }
        }

        return (decisions, null);
    }

    /// <summary>Lets the rules change the values of a plan's writes.</summary>
    public async ValueTask<PairPlan> TransferAsync(PairWork work, PairPlan plan, CancellationToken cancellationToken)
    {
        foreach (var target in Rules.Count == 0 ? [] : new[] { SyncSide.Local, SyncSide.Integration })
        {
            var isInsert = work.On(target) is null && plan.Outcome == PlanOutcome.Inserted && target != work.Source;
            if (!isInsert && plan.WritesTo(target).Count == 0)
            {
                continue;
            }

            var kind = isInsert ? WriteKind.Insert : WriteKind.Update;
            var arguments = new FieldsTransferredArguments(run.RuleContext, target, kind, work.On(target.Opposite()), work.On(target), plan.WritesTo(target));
            foreach (var rule in Rules)
            {
                var (_, failure) = await CallAsync(rule, async () =>
                {
                    await rule.FieldsTransferredAsync(arguments, cancellationToken).ConfigureAwait(false);
                    return true;
                }, cancellationToken).ConfigureAwait(false);
                if (failure is not null)
                {
                    return PairPlan.Fail(failure);
                }
            }

            plan = TransferredWrites.Apply(run.Mapping, work, plan, target, arguments.Fields);
        }

        return plan;
    }

    public async ValueTask<(DeletionPolicy? Policy, SyncError? Failure)> DecideDeletionAsync(DeletionDetectedArguments arguments, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var (policy, failure) = await CallAsync(rule, () => rule.DeletionDetectedAsync(arguments, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (failure is not null || policy is not null)
            {
                return (policy, failure);
            }
        }

        return default;
    }

    public async ValueTask<IReadOnlyList<FieldWrite>?> CreateReferenceAsync(ReferenceMissingArguments arguments, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var (values, _) = await CallAsync(rule, () => rule.ReferenceMissingAsync(arguments, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (values is not null)
            {
                return values;
            }
        }

        return null;
    }

    /// <summary>Null when every rule lets the write pass.</summary>
    public async ValueTask<PairPlan?> BeforeWriteAsync(PairWork work, SyncSide target, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new WriteArguments(run.RuleContext, target, work.OperationOn(target)!, work.On(target.Opposite()), null);
            var (decision, failure) = await CallAsync(rule, () => rule.BeforeWriteAsync(arguments, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (failure is not null)
            {
                return PairPlan.Fail(failure);
            }

            if (decision.Reason is { } reason)
            {
                return PairPlan.Skip(SyncErrorCodes.RefusedByRule, reason);
            }
        }

        return null;
    }

    public async ValueTask AfterWriteAsync(PairWork work, SyncSide target, CancellationToken cancellationToken)
    {
        foreach (var rule in run.Preview is null ? Rules : [])
        {
            var arguments = new WriteArguments(run.RuleContext, target, work.OperationOn(target)!, work.On(target.Opposite()), work.ResultOn(target));
            var (_, failure) = await CallAsync(rule, async () =>
            {
                await rule.AfterWriteAsync(arguments, cancellationToken).ConfigureAwait(false);
                return true;
            }, cancellationToken).ConfigureAwait(false);
            if (failure is not null)
            {
                run.Job.AddError(work.Key, failure);
            }
        }
    }

    private static ConflictResolution ResolutionOf(ConflictDecision decision) => decision switch
    {
        ConflictDecision.TakeLocal => ConflictResolution.LocalWon,
        ConflictDecision.TakeIntegration => ConflictResolution.IntegrationWon,
        _ => ConflictResolution.Open,
    };

    private async ValueTask<(T? Answer, SyncError? Failure)> CallAsync<T>(ISyncRule rule, Func<ValueTask<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return (await call().ConfigureAwait(false), null);
        }
        catch (SyncRuleException refusal)
        {
            return (default, new SyncError(SyncErrorCodes.RefusedByRule, refusal.Message));
        }
        catch (Exception failure) when (failure is not SyncException && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            run.Logger.RuleFailed(run.Mapping.Name, rule.GetType().Name, failure.GetType().Name);
            return (default, new SyncError(SyncErrorCodes.RuleFailed, $"Rule {rule.GetType().Name} failed with {failure.GetType().Name}."));
        }
    }
}
