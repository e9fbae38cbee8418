namespace Dataverse.Sync.Execution;

/// <summary>Reads the remaining records and decides about each pair.</summary>
internal sealed class DeletionPlanner(
    RunSettings settings,
    MappingTables tables,
    MappingCouplings couplings,
    SuspectedDeletions suspects,
    UncertainInserts uncertain,
    DeletionScan scan,
    FilterGate gate,
    Successors successors,
    AnnouncedDeletions announced,
    RuleRunner rules)
{
    public async Task<List<DeletionDecision>> PlanAsync(
        IReadOnlyList<MissingRecord> missing, CancellationToken cancellationToken)
    {
        var decisions = new List<DeletionDecision>(missing.Count);
        foreach (var group in missing.GroupBy(item => item.SurvivingSide))
        {
            var pairs = group.ToList();
            var ids = pairs.Select(pair => pair.SurvivorKey.Id).Distinct().ToList();
            var survivors = await tables.ReadAllAsync(group.Key, ids, cancellationToken).ConfigureAwait(false);
            var unproved = await FindUnprovedAsync(group.Key, pairs, survivors, cancellationToken)
                .ConfigureAwait(false);
            await successors.ReadAsync(pairs, cancellationToken).ConfigureAwait(false);
            var present = pairs.Where(pair => survivors.ContainsKey(pair.SurvivorKey.Id))
                .ToDictionary(pair => pair.Coupling.LocalId, pair => survivors[pair.SurvivorKey.Id]);
            var unseen = await couplings.FindUnseenElsewhereAsync(group.Key, present, cancellationToken)
                .ConfigureAwait(false);
            foreach (var pair in pairs)
            {
                var survivor = survivors.GetValueOrDefault(pair.SurvivorKey.Id);
                var error = unproved.Contains(pair.SurvivorKey.Id) ? PartnerErrors.NotAnswered : pair.Error;
                var isUnseen = unseen.Contains(pair.Coupling.LocalId);
                decisions.Add(await DecideAsync(pair, survivor, isUnseen, error, cancellationToken).ConfigureAwait(false));
            }
        }

        return decisions;
    }

    // A response may lack a record that exists, so the deletion of both records needs the same proof as that of one.
    private async Task<HashSet<Guid>> FindUnprovedAsync(
        SyncSide side,
        List<MissingRecord> missing,
        Dictionary<Guid, TableRecord> survivors,
        CancellationToken cancellationToken)
    {
        var absent = missing.Where(pair => pair.Error is null).Select(pair => pair.SurvivorKey.Id)
            .Where(id => !survivors.ContainsKey(id) && !suspects.IsReported(side, id)).ToHashSet();
        if (absent.Count > 0)
        {
            absent.ExceptWith(await scan.ProveAsync(side, absent, cancellationToken).ConfigureAwait(false));
        }

        return absent;
    }

    private async Task<DeletionDecision> DecideAsync(
        MissingRecord missing, TableRecord? survivor, bool isUnseen, SyncError? error, CancellationToken cancellationToken)
    {
        if (error is null && announced.Of(missing) is { } announcement)
        {
            return new(missing, survivor, DeletionAction.RemoveCoupling) { Announced = announcement };
        }

        if (survivor is not null && DecideWithoutPolicy(missing, survivor, error) is { } decision)
        {
            return decision;
        }

        var policy = settings.DeletionDecision ?? settings.Mapping.Mapping.DeletionPolicy;
        var isChanged = false;
        error ??= survivor is null ? null : settings.Mapping.ProblemOf(missing.SurvivingSide, survivor);
        if (error is null && survivor is not null && settings.DeletionDecision is null)
        {
            isChanged = isUnseen || UnsentEdits.AreIn(settings.Mapping, missing.SurvivingSide, survivor, missing.Coupling.Base);
            (var decided, error) = await rules
                .DecideDeletionAsync(missing.Side, missing.Coupling, survivor, isChanged, cancellationToken)
                .ConfigureAwait(false);
            policy = decided ?? policy;
        }

        if (error is not null)
        {
            return new(missing, survivor, DeletionAction.Report, error);
        }

        var mapping = settings.Mapping;
        var action = DeletionRules.Decide(
            policy,
            survivor is not null,
            isChanged,
            mapping.Writes(missing.SurvivingSide),
            mapping.Writes(missing.Side));
        if (survivor is not null && IsForeign(missing.SurvivingSide, survivor, action))
        {
            return new(missing, survivor, DeletionAction.Report, SelectionErrors.OtherCompany);
        }

        var reason = action == DeletionAction.Report && policy != DeletionPolicy.None
            ? PartnerErrors.DeletedAgainstDirection(missing.Side, policy, mapping.Name)
            : null;
        return new(missing, survivor, action, reason);
    }

    private DeletionDecision? DecideWithoutPolicy(MissingRecord missing, TableRecord survivor, SyncError? error)
    {
        if (IsBeingRestored(missing.SurvivorKey))
        {
            return new(missing, survivor, DeletionAction.Wait);
        }

        if (IsFrozen(missing, survivor))
        {
            if (settings.Mapping.UncouplesOutside && error is null)
            {
                return new(missing, survivor, DeletionAction.RemoveCoupling);
            }

            var reason = gate.ReasonOf(missing.SurvivingSide, survivor, SelectionErrors.OutsideFilter);
            return new(missing, survivor, DeletionAction.WaitForFilter, reason);
        }

        return error is null && settings.DeletionDecision is null ? DecideSuccession(missing, survivor) : null;
    }

    // A user who deletes a record and enters it again means the same partner. If there are two such records, a person decides.
    private DeletionDecision? DecideSuccession(MissingRecord missing, TableRecord survivor) =>
        successors.Of(missing) switch
        {
            [] => null,
            [var only] when Successors.IsOnly(only, missing) =>
                new(missing, survivor, DeletionAction.TakeOver) { Successor = only.Record },
            _ => new(missing, survivor, DeletionAction.Report, PartnerErrors.SeveralSuccessors(missing.Side)),
        };

    // A record outside its filter is left alone until it is within the filter again. Then its pair is judged.
    private bool IsFrozen(MissingRecord missing, TableRecord survivor) =>
        settings.DeletionDecision is null && !gate.IsInside(missing.SurvivingSide, survivor);

    // Also a person who decides about the pair does not decide about the record of another company.
    private bool IsForeign(SyncSide side, TableRecord survivor, DeletionAction action) => action switch
    {
        DeletionAction.DeleteSurvivor => settings.Mapping.BelongsToOther(side, survivor),
        DeletionAction.Restore => gate.IsClaimedByOther(side, survivor),
        _ => false,
    };

    // An earlier run sent the restoration but received no response. Another restoration could create the partner twice.
    private bool IsBeingRestored(RecordKey survivor) =>
        settings.DeletionDecision is null && uncertain.MayHavePartner(survivor);
}
