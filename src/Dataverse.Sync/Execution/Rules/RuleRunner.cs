using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>Calls the rules of a run in order and turns their results and failures into plans.</summary>
internal sealed class RuleRunner(
    CompiledMapping mapping, SyncRunContext context, WantedRecords wanted, ILogger logger)
{
    private readonly RuleCalls calls = new(mapping.Name, logger);

    /// <summary>Whether there are rules that are told about writes. A preview tells none.</summary>
    public bool AreObserving => Rules.Length > 0 && !context.IsPreview;

    private ISyncRule[] Rules => mapping.Rules;

    /// <summary>Returns null if every rule keeps the record; otherwise a plan that fails or skips it.</summary>
    public async ValueTask<PairPlan?> SelectAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new RecordSelectedArguments(
                context, candidate.Source, candidate.Record, candidate.Coupling);
            var (decision, failure) = await calls
                .RunAsync(
                    rule,
                    nameof(rule.RecordSelectedAsync),
                    static (asked, given, token) => asked.RecordSelectedAsync(given, token),
                    arguments,
                    cancellationToken)
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
                .RunAsync(
                    rule,
                    nameof(rule.PartnerWantedAsync),
                    static (asked, given, token) => asked.PartnerWantedAsync(given, token),
                    arguments,
                    cancellationToken)
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
        foreach (var conflict in Rules.Length == 0 ? [] : plan.Conflicts)
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
    /// <remarks>
    /// They are asked even if nothing is to be written when the source changed and a rule reads more of it than the
    /// mapped fields: a value that a rule computes may depend on them.
    /// </remarks>
    public async ValueTask<PairPlan> TransferAsync(Pair pair, PairPlan plan, CancellationToken cancellationToken)
    {
        foreach (var target in Rules.Length == 0 ? [] : Sides.Both)
        {
            var isInsert = pair.On(target) is null && plan.Outcome == PlanOutcome.Inserted && target != pair.Source;
            var isAsked = isInsert
                || plan.WritesTo(target).Count > 0
                || IsWanted(pair, target)
                || MayChangeByRules(pair, target);
            if (isAsked)
            {
                plan = await TransferAsync(pair, plan, target, isInsert, cancellationToken).ConfigureAwait(false);
            }

            if (plan.EndsWay)
            {
                return plan;
            }
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
                .RunAsync(
                    rule,
                    nameof(rule.DeletionDetectedAsync),
                    static (asked, given, token) => asked.DeletionDetectedAsync(given, token),
                    arguments,
                    cancellationToken)
                .ConfigureAwait(false);
            if (failure is not null || policy is not null)
            {
                return (policy, failure);
            }
        }

        return default;
    }

    /// <summary>
    /// Asks the rules for the values of a missing reference. Both are null if no rule knows the reference.
    /// </summary>
    public async ValueTask<(IReadOnlyList<FieldWrite>? Values, SyncError? Failure)> CreateReferenceAsync(
        IFieldMapping field, string table, FieldValue key, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new ReferenceMissingArguments(context, field, table, key);
            var (values, failure) = await calls
                .RunAsync(
                    rule,
                    nameof(rule.ReferenceMissingAsync),
                    static (asked, given, token) => asked.ReferenceMissingAsync(given, token),
                    arguments,
                    cancellationToken)
                .ConfigureAwait(false);
            if (failure is not null || values is not null)
            {
                return (values, failure is null ? null : failure with { Field = field.Key.Value });
            }
        }

        return default;
    }

    /// <summary>Returns null if every rule allows the write; otherwise a plan that fails or skips the pair.</summary>
    /// <param name="target">The side that is written.</param>
    /// <param name="operation">The write.</param>
    /// <param name="source">The record on the other side, or null if it was deleted.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async ValueTask<PairPlan?> BeforeWriteAsync(
        SyncSide target, WriteOperation operation, TableRecord? source, CancellationToken cancellationToken)
    {
        foreach (var rule in Rules)
        {
            var arguments = new WriteArguments(context, target, operation, source, null);
            var (decision, failure) = await calls
                .RunAsync(
                    rule,
                    nameof(rule.BeforeWriteAsync),
                    static (asked, given, token) => asked.BeforeWriteAsync(given, token),
                    arguments,
                    cancellationToken)
                .ConfigureAwait(false);
            if (RefusalOf(decision, failure) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Tells the rules that a write was applied. Returns the error of the first rule that fails.</summary>
    /// <remarks>The rules after one that fails are called with it when the call is repeated.</remarks>
    public async ValueTask<SyncError?> AfterWriteAsync(
        SyncSide target,
        WriteOperation operation,
        WriteResult result,
        TableRecord? source,
        CancellationToken cancellationToken)
    {
        foreach (var rule in AreObserving ? Rules : [])
        {
            var arguments = new WriteArguments(context, target, operation, source, result);
            var failure = await calls
                .RunAsync(
                    rule,
                    nameof(rule.AfterWriteAsync),
                    static (asked, given, token) => asked.AfterWriteAsync(given, token),
                    arguments,
                    cancellationToken)
                .ConfigureAwait(false);
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    // What a rule cannot look up here must not stop the run of records that do not need it. The job says so.
    private async ValueTask<IReadOnlyList<RecordKey>> FindWantedAsync(
        ISyncRule rule, SyncJobKind kind, CancellationToken cancellationToken)
    {
        var (records, failure) = await calls
            .RunAsync(
                rule,
                nameof(rule.RecordsWantedAsync),
                static (asked, given, token) => asked.RecordsWantedAsync(given, token),
                new RecordsWantedArguments(context, kind),
                cancellationToken)
            .ConfigureAwait(false);
        if (failure is not null)
        {
            context.Note?.Invoke($"{failure.Message} The records that the rule would have named were not looked at.");
        }

        return records ?? [];
    }

    private bool IsWanted(Pair pair, SyncSide target) =>
        pair.Source != target && mapping.Writes(target) && pair.On(target) is not null && wanted.Contains(pair.Key);

    private bool HasChanged(Pair pair, SyncSide side, string name)
    {
        var field = Array.Find(mapping.Fields, field => field.On(side).Name == name);
        return field is not null
            && pair.On(side) is { } record
            && !mapping.View(side, record).Holds(field, mapping.View(pair.Base).Of(side, field));
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
                .RunAsync(
                    rule,
                    nameof(rule.ConflictDetectedAsync),
                    static (asked, given, token) => asked.ConflictDetectedAsync(given, token),
                    arguments,
                    cancellationToken)
                .ConfigureAwait(false);
            if (failure is not null || decision != ConflictDecision.FollowPolicy)
            {
                return (decision, failure);
            }
        }

        return (ConflictDecision.FollowPolicy, null);
    }

    private bool MayChangeByRules(Pair pair, SyncSide target)
    {
        var source = target.Opposite();
        return pair.Source == source
            && mapping.Writes(target)
            && mapping.IsReadByRules(source)
            && pair is { Coupling: { } coupling }
            && pair.On(target) is not null
            && coupling.VersionOf(source) != Fingerprint.OfSeen(pair.SourceRecord);
    }

    private async ValueTask<PairPlan> TransferAsync(
        Pair pair, PairPlan plan, SyncSide target, bool isInsert, CancellationToken cancellationToken)
    {
        var arguments = new FieldsTransferredArguments(
            context,
            target,
            isInsert ? WriteKind.Insert : WriteKind.Update,
            pair.On(target.Opposite()),
            pair.On(target),
            plan.WritesTo(target),
            (side, field) => HasChanged(pair, side, field));
        foreach (var rule in Rules)
        {
            var failure = await calls
                .RunAsync(
                    rule,
                    nameof(rule.FieldsTransferredAsync),
                    static (asked, given, token) => asked.FieldsTransferredAsync(given, token),
                    arguments,
                    cancellationToken)
                .ConfigureAwait(false);
            if ((failure ?? ErrorOf(rule, arguments)) is { } error)
            {
                return PairPlan.Fail(error);
            }
        }

        var present = plan.WritesTo(target).Count == 0
            ? await ReadMoreAsync(pair.On(target), arguments, cancellationToken).ConfigureAwait(false)
            : null;
        return TransferredWrites.Apply(mapping, pair, plan, target, arguments.Complete(), present);
    }

    private SyncError? ErrorOf(ISyncRule rule, FieldsTransferredArguments arguments)
    {
        var schema = mapping.Schema(arguments.Target);

        // An enumerator of the interface would be allocated for each call.
        for (var index = 0; index < arguments.Fields.Count; index++)
        {
            var write = arguments.Fields[index];
            if (schema.Find(write.Field) is null)
            {
                var message = $"Rule {rule.GetType().Name} writes "
                    + schema.DescribeMissing(write.Field, $"the {arguments.Target.Word()} table");
                return new(SyncErrorCodes.RuleFailed, message, write.Field);
            }
        }

        return null;
    }

    // A rule alone wants this write. Without the present value of a field that is not mapped, it would be repeated.
    private async ValueTask<TableRecord?> ReadMoreAsync(
        TableRecord? existing, FieldsTransferredArguments arguments, CancellationToken cancellationToken)
    {
        var unread = existing is null
            ? []
            : arguments.Fields.Select(write => write.Field).Where(field => existing.Layout.IndexOf(field) < 0).ToList();
        if (unread.Count == 0)
        {
            return null;
        }

        var connector = arguments.Target == SyncSide.Local ? context.Local : context.Integration;
        var query = new RecordQuery
        {
            Table = mapping.Schema(arguments.Target).Name,
            Fields = unread,
            Ids = [existing!.Id],
        };
        var found = await connector.ReadByIdAsync(query, cancellationToken).ConfigureAwait(false);
        return found.Count == 1 ? found[0] : null;
    }
}
