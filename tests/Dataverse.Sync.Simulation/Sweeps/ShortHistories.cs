namespace Dataverse.Sync.Simulation;

/// <summary>One short history for each thing that the engine does.</summary>
internal static class ShortHistories
{
    private static readonly HistoryStep Later = new Wait(TimeSpan.FromMinutes(20));
    private static readonly Run Modified = new Run(SyncJobKind.Modified);
    private static readonly Run Full = new Run(SyncJobKind.Full);

    /// <summary>A creation on either side, an update of either side.</summary>
    public static IReadOnlyList<History> Shortest { get; } =
    [
        Story([new Create(SyncSide.Local, 0), Modified]),
        Story([new Create(SyncSide.Integration, 0), Modified]),
        Story([new Create(SyncSide.Local, 0), Full, Later, new Edit(SyncSide.Local, 0, "city"), Modified]),
        Story([new Create(SyncSide.Local, 0), Full, Later, new Edit(SyncSide.Integration, 0, "city"), Modified]),
    ];

    public static IReadOnlyList<History> All { get; } =
    [
        .. Shortest,
        Story([new CreatePerson(SyncSide.Local), new Create(SyncSide.Local, 1), Full]),
        Story([new CreatePerson(SyncSide.Integration), new Create(SyncSide.Integration, 1), Full]),
        Story([new Create(SyncSide.Local, 0), new Create(SyncSide.Integration, 0) { Twin = 0 }, Full]),
        Story([new Create(SyncSide.Local, 0), new Create(SyncSide.Integration, 0) { Twin = 0 }, new Match(), Modified]),
        Story([new Create(SyncSide.Local, 0), new Create(SyncSide.Integration, 0) { Twin = 0 }, Modified, new Settle(0, SyncSide.Integration)]),
        .. Enum.GetValues<UpdateConflictPolicy>().Select(policy => Story(
            [new Create(SyncSide.Local, 0), Full, Later, new Edit(SyncSide.Local, 0, "city"), new Edit(SyncSide.Integration, 0, "city"), new Edit(SyncSide.Integration, 0, "credit"), Modified],
            settings => settings with { Conflicts = policy })),
        .. from policy in Enum.GetValues<DeletionPolicy>()
           from side in new[] { SyncSide.Local, SyncSide.Integration }
           select Story(
               [new Create(SyncSide.Local, 0), Full, new Wait(TimeSpan.FromHours(2)), new Delete(side, 0), Modified],
               settings => settings with { Deletions = policy }),
        Story([new Create(SyncSide.Local, 0), Full, Later, new Delete(SyncSide.Local, 0), Full, new DecideSurvivor(0, Restores: true)]),
        Story([new Create(SyncSide.Local, 0), Full, Later, new Delete(SyncSide.Integration, 0), Modified, new DecideSurvivor(0, Restores: false)]),
        Story([new Create(SyncSide.Local, 0), Full, Later, new ExpireCheckpoints(SyncSide.Integration), new Edit(SyncSide.Integration, 0, "site"), Modified]),
        Story([new Create(SyncSide.Local, 0), Full, new Uncouple(0), new Couple(0, 0), Full]),
        Story([.. Enumerable.Repeat<HistoryStep>(new Create(SyncSide.Local, 0), 5), Modified], settings => settings with { LocalPageSize = 2, IntegrationPageSize = 2 }),
        Story([new Create(SyncSide.Local, 0), Full, Later, new Edit(SyncSide.Local, 0, "site"), Full]),
        Story([new Create(SyncSide.Local, 0), Full, Later, new ResizeColumn(8), new Edit(SyncSide.Local, 0, "name"), Modified]),
        Story(
            [
                new Create(SyncSide.Local, 0), new Create(SyncSide.Local, 0), new SetParent(SyncSide.Local, 0, 1), new SetParent(SyncSide.Local, 1, 0), Full, Later,
                new Delete(SyncSide.Integration, 0) { Count = 2 }, Full,
            ],
            settings => settings with { HasParents = true, Deletions = DeletionPolicy.RestoreRecords }),
        Story(
            [new Create(SyncSide.Local, 0), Full, Later, new ChooseTerms(SyncSide.Local, 0, 3), Modified, Later, new ChooseTerms(SyncSide.Integration, 0, 1), Modified],
            settings => settings with { IsTailored = true }),
        Story(
            [new Create(SyncSide.Local, 0), Full, Later, new StoreOverride(SetupChange.Memo, 1), new Edit(SyncSide.Local, 0, Tailoring.Memo), Modified, new StoreOverride(SetupChange.Default, 0)],
            settings => settings with { IsTailored = true }),
    ];

    /// <summary>Histories with faults that only in this combination lead to what a safeguard prevents.</summary>
    public static IReadOnlyList<History> Combinations { get; } =
    [
        Story([new Create(SyncSide.Local, 0), Modified with { Faults = new([NewFault(FaultPlace.Write, 1, FaultKind.Doubled)]) }]),
        .. Enumerable.Range(1, 4).Select(call => Story(
            [
                new StoreOverride(SetupChange.Conflicts, 1),
                new StoreOverride(SetupChange.Memo, 1) { Faults = new([new(call, FaultKind.UserAction) { Action = new StoreOverride(SetupChange.Templates, 0) }]) },
            ],
            settings => settings with { IsTailored = true })),
        .. Enumerable.Range(2, 3).Select(count => Story(
            [.. Enumerable.Repeat(new Create(SyncSide.Local, 0), count), Modified with { Faults = new([NewFault(FaultPlace.Write, 1, FaultKind.PartlyDelayed)]) }, Modified],
            settings => settings with { Matches = false })),
        .. Enumerable.Range(1, 5).Select(read => Story(
            [new Create(SyncSide.Local, 0), Modified with { Faults = new([NewFault(FaultPlace.Write, 1, FaultKind.Doubled), NewFault(FaultPlace.Read, read, FaultKind.EmptyAnswer)]) }])),
        Story(
            [
                new Create(SyncSide.Integration, 0), Full, Later, new Create(SyncSide.Integration, 0), Modified with { Faults = new([NewFault(FaultPlace.Write, 1, FaultKind.RequestDelayed)]) },
                new MergeAccounts(0, 1), Modified,
            ],
            settings => settings with { HasMerges = true }),
    ];

    private static Fault NewFault(FaultPlace place, int call, FaultKind kind) => new(call, kind) { Place = place };

    private static History Story(IReadOnlyList<HistoryStep> steps, Func<WorldSettings, WorldSettings>? change = null) =>
        new(1, change?.Invoke(new()) ?? new(), steps);
}
