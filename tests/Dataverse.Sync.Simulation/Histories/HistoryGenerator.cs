using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>Draws histories: the seed decides everything.</summary>
internal sealed class HistoryGenerator
{
    private static readonly FaultKind[] FaultKinds = Enum.GetValues<FaultKind>();

    private readonly Random random;
    private readonly int seed;

    private HistoryGenerator(int seed) => (this.seed, random) = (seed, new(seed));

    public static History Create(int seed) => new HistoryGenerator(seed).Create();

    private History Create()
    {
        var settings = NewSettings();
        var steps = new List<HistoryStep>();
        for (var count = random.Next(4, 24); count > 0; count--)
        {
            steps.Add(NewStep() with { Company = settings.HasSecondCompany ? random.Next(2) : 0 });
        }

        return new(seed, settings, steps);
    }

    // Two systems that rewrite one field in opposite ways come to rest only if one of them tells what it stored, as Business Central does.
    private WorldSettings NewSettings()
    {
        var settings = NewAnySettings();
        return settings.Normalizes ? settings with { LocalAnswer = WriteAnswer.Record } : settings;
    }

    private WorldSettings NewAnySettings() => new()
    {
        Direction = Chance(0.8) ? SyncDirection.Bidirectional : Any<SyncDirection>(),
        Conflicts = Any<UpdateConflictPolicy>(),
        Deletions = Any<DeletionPolicy>(),
        OnlyCoupled = Chance(0.15),
        Matches = Chance(0.7),
        LocalPageSize = random.Next(1, 8),
        IntegrationPageSize = random.Next(1, 8),
        LocalSkew = NewSkew(),
        IntegrationSkew = NewSkew(),
        LocalAnswer = Any<WriteAnswer>(),
        IntegrationAnswer = Any<WriteAnswer>(),
        Normalizes = Chance(0.5),
        TracksChanges = Chance(0.8),
        HasSecondCompany = Chance(0.05),
    };

    private TimeSpan NewSkew() => Chance(0.5) ? TimeSpan.Zero : TimeSpan.FromSeconds(random.Next(-3600, 3600));

    private HistoryStep NewStep() => random.Next(100) switch
    {
        < 33 => NewUserStep(),
        < 58 => new Run(Chance(0.15) ? SyncJobKind.Full : SyncJobKind.Modified) { Faults = NewFaults() },
        < 63 => new RunRecord(AnySide(), random.Next(8)) { Faults = NewFaults() },
        < 69 => new PreviewAndRun(Chance(0.3) ? SyncJobKind.Full : SyncJobKind.Modified),
        < 71 => new Match { Faults = NewFaults() },
        < 73 => new Couple(random.Next(8), random.Next(8)) { Faults = NewFaults() },
        < 75 => new Uncouple(random.Next(8)) { Faults = NewFaults() },
        < 78 => new Settle(random.Next(4), AnySide()) { Faults = NewFaults() },
        < 80 => new DecideSurvivor(random.Next(4), Chance(0.5)) { Faults = NewFaults() },
        < 82 => new ExpireCheckpoints(AnySide()),
        < 84 => new TakeBackup(AnySide()),
        < 85 => new RestoreBackup(AnySide(), Chance(0.5)),
        < 87 => new ChangePolicies(Any<UpdateConflictPolicy>(), Any<DeletionPolicy>()),
        < 88 => new Restart(),
        _ => new Wait(TimeSpan.FromSeconds(Math.Pow(10, 0.5 + (random.NextDouble() * 3.5)))),
    };

    private HistoryStep NewUserStep() => random.Next(20) switch
    {
        < 5 => new Create(AnySide(), random.Next(4)) { Twin = Chance(0.2) ? random.Next(8) : null },
        < 7 => new CreatePerson(AnySide()),
        < 15 => new Edit(AnySide(), random.Next(8), Tokens.Fields[random.Next(Tokens.Fields.Count)]) { Clears = Chance(0.1), Late = NewLateness() },
        < 17 => new Reassign(AnySide(), random.Next(8), random.Next(4)),
        _ => new Delete(AnySide(), random.Next(8)),
    };

    // A transaction that is older than the overlap is one that a feed by stamps cannot promise to see.
    private TimeSpan NewLateness() => Chance(0.15) ? TimeSpan.FromSeconds(random.Next(1, (int)Tables.Overlap.TotalSeconds - 10)) : TimeSpan.Zero;

    private FaultScript NewFaults()
    {
        if (Chance(0.35))
        {
            return FaultScript.None;
        }

        var faults = new List<Fault>();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var kind = FaultKinds[random.Next(FaultKinds.Length)];
            var place = Chance(0.4) ? FaultPlace.Call : Any<FaultPlace>();
            faults.Add(new(random.Next(1, place == FaultPlace.Call ? 70 : 8), kind) { Place = place, Action = kind == FaultKind.UserAction ? NewUserStep() : null });
        }

        return new(faults);
    }

    private bool Chance(double probability) => random.NextDouble() < probability;

    private SyncSide AnySide() => Chance(0.5) ? SyncSide.Local : SyncSide.Integration;

    private T Any<T>()
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        return values[random.Next(values.Length)];
    }
}
