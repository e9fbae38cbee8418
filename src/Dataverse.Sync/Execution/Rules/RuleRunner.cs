using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>Calls the rules of a run in order and turns their results and failures into plans.</summary>
internal sealed class RuleRunner(
    CompiledMapping mapping, SyncRunContext context, WantedRecords wanted, JobRecorder job, ILogger logger)
{
    private readonly RuleCalls calls = new(mapping.Name, logger);

    private IReadOnlyList<ISyncRule> Rules => mapping.Rules;

    /// <summary>Returns null if every rule keeps the record; otherwise a plan that fails or skips it.</summary>
    public async ValueTask<PairPlan?> SelectAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new RecordSelectedArguments(
                context, candidate.Source, candidate.Record, candidate.Coupling);
            var (decision, failure) = await calls
                .RunAsync(rule, () => rule.RecordSelectedAsync(arguments, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (RefusalOf(decision, failure) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>The records that the rules want to be looked at although they did not change.</summary>
    public async ValueTask<IReadOnlyList<RecordKey>> FindWantedAsync(
        SyncJobKind kind, CancellationToken cancellationToken)
    {
        var found = new List<RecordKey>();
        foreach (var rule in Rules)
        {
            found.AddRange(await FindWantedAsync(rule, kind, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    public async ValueTask<(Guid? Partner, SyncError? Failure)> FindPartnerAsync(
        Candidate candidate, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new PartnerWantedArguments(context, candidate.Source, candidate.Record);
            var (partner, failure) = await calls
                .RunAsync(rule, () => rule.PartnerWantedAsync(arguments, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (failure is not null || partner is not null)
            {
                return (partner, failure);
            }
        }

        return default;
    }

    /// <summary>
    /// Lets the rules resolve the open conflicts of a plan. The decisions are null if all conflicts are left to the
    /// policy.
    /// </summary>
    public async ValueTask<(Dictionary<FieldMappingKey, ConflictResolution>? Decisions, SyncError? Failure)>
        DecideAsync(Pair pair, PairPlan plan, CancellationToken cancellationToken)
    {
        Dictionary<FieldMappingKey, ConflictResolution>? decisions = null;
        foreach (var conflict in Rules.Count == 0 ? [] : plan.Conflicts)
        {
            var (decision, failure) = await DecideAsync(pair, conflict, cancellationToken).ConfigureAwait(false);
            if (failure is not null)
            {
                return (null, failure);
            }

            if (decision != ConflictDecision.FollowPolicy)
            {
                (decisions ??= [])[conflict.FieldMapping] = ResolutionOf(decision);
            }
        }

        return (decisions, null);
    }

    /// <summary>Lets the rules change the values of a plan's writes.</summary>
    public async ValueTask<PairPlan> TransferAsync(Pair pair, PairPlan plan, CancellationToken cancellationToken)
    {
        foreach (var target in Rules.Count == 0 ? [] : Sides.Both)
        {
            var isInsert = pair.On(target) is null && plan.Outcome == PlanOutcome.Inserted && target != pair.Source;
            if (!isInsert && plan.WritesTo(target).Count == 0 && !IsWanted(pair, target))
            {
                continue;
            }

            var kind = isInsert ? WriteKind.Insert : WriteKind.Update;
            var arguments = new FieldsTransferredArguments(
                context,
                target,
                kind,
                pair.On(target.Opposite()),
                pair.On(target),
                plan.WritesTo(target),
                (side, field) => HasChanged(pair, side, field));
            if (await TransferAsync(arguments, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                return PairPlan.Fail(failure);
            }

            plan = TransferredWrites.Apply(mapping, pair, plan, target, arguments.Fields);
        }

        return plan;
    }

    public async ValueTask<(DeletionPolicy? Policy, SyncError? Failure)> DecideDeletionAsync(
        SyncSide deletedSide,
        Coupling coupling,
        TableRecord survivor,
        bool isChanged,
        CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new DeletionDetectedArguments(context, deletedSide, coupling, survivor, isChanged);
            var (policy, failure) = await calls
                .RunAsync(rule, () => rule.DeletionDetectedAsync(arguments, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (failure is not null || policy is not null)
            {
                return (policy, failure);
            }
        }

        return default;
    }

    public async ValueTask<IReadOnlyList<FieldWrite>?> CreateReferenceAsync(
        IFieldMapping field, string table, FieldValue key, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new ReferenceMissingArguments(context, field, table, key);
            var (values, _) = await calls
                .RunAsync(rule, () => rule.ReferenceMissingAsync(arguments, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (values is not null)
            {
                return values;
            }
        }

        return null;
    }

    /// <summary>Returns null if every rule allows the write; otherwise a plan that fails or skips the pair.</summary>
    public async ValueTask<PairPlan?> BeforeWriteAsync(
        Pair pair, SyncSide target, WriteOperation operation, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new WriteArguments(context, target, operation, pair.On(target.Opposite()), null);
            var (decision, failure) = await calls
                .RunAsync(rule, () => rule.BeforeWriteAsync(arguments, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (RefusalOf(decision, failure) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    public async ValueTask AfterWriteAsync(
        Pair pair, SyncSide target, WriteOperation operation, WriteResult result, CancellationToken cancellationToken)
    {
        foreach (var rule in context.IsPreview ? [] : Rules)
        {
            var arguments = new WriteArguments(context, target, operation, pair.On(target.Opposite()), result);
            var failure = await calls
                .RunAsync(rule, () => rule.AfterWriteAsync(arguments, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (failure is not null)
            {
                job.AddError(pair.Key, failure);
            }
        }
    }

    // What a rule cannot look up here must not stop the run of records that do not need it.
    private async ValueTask<IReadOnlyList<RecordKey>> FindWantedAsync(
        ISyncRule rule, SyncJobKind kind, CancellationToken cancellationToken)
    {
        try
        {
            var (records, _) = await calls
                .RunAsync(rule, () => rule.RecordsWantedAsync(new(context, kind), cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            return records ?? [];
        }
        catch (ConnectorException failure)
        {
            logger.RuleFailed(mapping.Name, rule.GetType().Name, failure.GetType().Name);
            return [];
        }
    }

    private bool IsWanted(Pair pair, SyncSide target) =>
        pair.Source != target && mapping.Writes(target) && pair.On(target) is not null && wanted.Contains(pair.Key);

    private bool HasChanged(Pair pair, SyncSide side, string name)
    {
        var field = Array.Find(mapping.Fields, field => field.On(side).Name == name);
        return field is not null
            && pair.On(side) is { } record
            && mapping.View(pair.Base).Of(side, field) != mapping.View(side, record).FingerprintOf(field);
    }

    private static ConflictResolution ResolutionOf(ConflictDecision decision) => decision switch
    {
        ConflictDecision.TakeLocal => ConflictResolution.LocalWon,
        ConflictDecision.TakeIntegration => ConflictResolution.IntegrationWon,
        _ => ConflictResolution.Open,
    };

    private static PairPlan? RefusalOf(RecordDecision decision, SyncError? failure) =>
        failure is not null ? PairPlan.Fail(failure)
        : decision.Reason is { } reason ? PairPlan.Skip(SyncErrorCodes.RefusedByRule, reason)
        : null;

    // The first rule that decides takes precedence.
    private async ValueTask<(ConflictDecision Decision, SyncError? Failure)> DecideAsync(
        Pair pair, FieldConflict conflict, CancellationToken cancellationToken)
    {
        var field = mapping.Find(conflict.FieldMapping)!.Mapping;
        var arguments = new ConflictDetectedArguments(context, field, pair.Records.Local!, pair.Records.Integration!);
        foreach (var rule in Rules)
        {
            var (decision, failure) = await calls
                .RunAsync(rule, () => rule.ConflictDetectedAsync(arguments, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (failure is not null || decision != ConflictDecision.FollowPolicy)
            {
                return (decision, failure);
            }
        }

        return (ConflictDecision.FollowPolicy, null);
    }

    private async ValueTask<SyncError?> TransferAsync(
        FieldsTransferredArguments arguments, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var failure = await calls
                .RunAsync(rule, () => rule.FieldsTransferredAsync(arguments, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }
}
