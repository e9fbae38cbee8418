namespace Dataverse.Sync.Simulation;

/// <summary>
/// Adds to a drawn history what only some systems have: contacts that go with their account, merged accounts, systems that change their names, mappings that administrators tailor.
/// </summary>
/// <remarks>They are drawn apart, so that the histories without them stay what they were.</remarks>
internal static class HistoryExtras
{
    private const double Share = 0.1;
    private const int OtherSeed = 0x5EED;

    public static History AddTo(History history)
    {
        var random = new Random(history.Seed ^ OtherSeed);
        history = random.Chance(Share) ? WithContacts(history, random) : history;
        history = random.Chance(Share) ? WithMerges(history, random) : history;
        history = random.Chance(Share / 2) ? WithIdentities(history, random) : history;
        return random.Chance(Share) ? WithTailoring(history, random) : history;
    }

    private static History WithContacts(History history, Random random)
    {
        var settings = history.Settings with
        {
            HasContacts = true,
            Direction = SyncDirection.Bidirectional,
            Deletions = random.Chance(0.8) ? DeletionPolicy.DeleteRecord : history.Settings.Deletions,
            Cascades = random.Any<CascadePolicy>(),
            CascadesLate = random.Chance(0.3),
        };
        List<HistoryStep> first =
        [
            .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Create(random.Any<SyncSide>(), 0)),
            .. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new CreateContact(random.Any<SyncSide>(), random.Next(4))),
            .. random.Chance(0.8) ? [new Run(SyncJobKind.Full)] : Array.Empty<HistoryStep>(),
        ];
        return history with
        {
            Settings = settings,
            Steps = Mixed([.. first, .. history.Steps], first.Count, Enumerable.Range(0, random.Next(2, 8)).Select(_ => NewContactStep(random)), random),
        };
    }

    private static HistoryStep NewContactStep(Random random) => random.Next(10) switch
    {
        < 2 => new CreateContact(random.Any<SyncSide>(), random.Chance(0.8) ? random.Next(4) : null),
        < 4 => new EditContact(random.Any<SyncSide>(), random.Next(4)),
        4 => new MoveContact(random.Any<SyncSide>(), random.Next(4), random.Chance(0.8) ? random.Next(4) : null),
        5 => new DeleteContact(random.Any<SyncSide>(), random.Next(4)),
        < 8 => new Delete(random.Chance(0.8) ? SyncSide.Local : SyncSide.Integration, random.Next(4)),
        8 => new PreviewAndRun(SyncJobKind.Modified),
        _ => new Run(SyncJobKind.Modified),
    };

    private static History WithMerges(History history, Random random) => history with
    {
        Settings = history.Settings with { HasMerges = true },
        Steps = Mixed(
            history.Steps,
            0,
            Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Chance(0.7)
                ? new MergeAccounts(random.Next(4), random.Next(4))
                : (HistoryStep)new Create(SyncSide.Integration, 0)),
            random),
    };

    private static History WithIdentities(History history, Random random) => history with
    {
        Settings = history.Settings with { HasIdentities = true },
        Steps = Mixed(history.Steps, 0, Enumerable.Range(0, random.Next(1, 5)).Select(_ => NewIdentityStep(random)), random),
    };

    private static HistoryStep NewIdentityStep(Random random) => random.Next(4) switch
    {
        < 2 => new RenameSystem(random.Any<SyncSide>(), random.Next(3)),
        2 => new ReplaceSystem(random.Any<SyncSide>()),
        _ => new PutSystemsBack(),
    };

    private static History WithTailoring(History history, Random random)
    {
        var faults = new FaultGenerator(random, HistoryTheme.Anything, () => NewSetup(random));
        return history with
        {
            Settings = history.Settings with { IsTailored = true },
            Steps = Mixed(history.Steps, 0, Enumerable.Range(0, random.Next(3, 12)).Select(_ => NewTailoredStep(history, random, faults)), random),
        };
    }

    private static HistoryStep NewTailoredStep(History history, Random random, FaultGenerator faults)
    {
        HistoryStep step = random.Next(10) switch
        {
            < 3 => new Edit(random.Any<SyncSide>(), random.Next(3), random.Chance(0.5) ? Tailoring.Memo : Tailoring.Label) { Clears = random.Chance(0.1) },
            < 5 => new ChooseTerms(random.Any<SyncSide>(), random.Next(3), random.Next(5)),
            5 => new Create(random.Any<SyncSide>(), 0) { Without = random.Chance(0.5) ? Tailoring.Label : null },
            6 => new Run(random.Chance(0.2) ? SyncJobKind.Full : SyncJobKind.Modified) { Faults = new([new(random.Next(1, 60), FaultKind.UserAction) { Action = NewSetup(random) }]) },
            7 => new Run(SyncJobKind.Modified) { Faults = faults.NewScript() },
            _ => NewSetup(random, faults),
        };
        return step with { Company = history.Settings.HasSecondCompany ? random.Next(2) : 0 };
    }

    private static StoreOverride NewSetup(Random random, FaultGenerator faults)
    {
        var setup = NewSetup(random);
        var script = random.Chance(0.4) ? faults.NewStoreFault() : FaultScript.None;
        return script.Faults is [{ Action: StoreOverride other }] && !setup.Commutes(other) ? setup : setup with { Faults = script };
    }

    private static StoreOverride NewSetup(Random random) => new(random.Any<SetupChange>(), random.Next(4));

    private static List<HistoryStep> Mixed(IReadOnlyList<HistoryStep> steps, int first, IEnumerable<HistoryStep> more, Random random)
    {
        var mixed = steps.ToList();
        foreach (var step in more)
        {
            mixed.Insert(random.Next(first, mixed.Count + 1), step);
        }

        return mixed;
    }
}
