using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>Draws histories: the seed decides everything.</summary>
/// <remarks>A history has a theme, which makes some things more likely than others: what goes wrong only in rare company would hardly ever be met.</remarks>
internal sealed class HistoryGenerator
{
    private readonly Random random;
    private readonly int seed;
    private readonly HistoryTheme theme;
    private readonly FaultGenerator faults;

    private HistoryGenerator(int seed)
    {
        this.seed = seed;
        random = new(seed);
        theme = random.Any<HistoryTheme>();
        faults = new(random, NewUserStep);
    }

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
        return settings.Forms == ServerForms.Untold ? settings with { LocalAnswer = WriteAnswer.Record } : settings;
    }

    private WorldSettings NewAnySettings() => new()
    {
        Direction = random.Chance(0.85) ? SyncDirection.Bidirectional : random.Any<SyncDirection>(),
        Conflicts = random.Any<UpdateConflictPolicy>(),
        Deletions = theme == HistoryTheme.Deletions && random.Chance(0.5) ? DeletionPolicy.DeleteRecord : random.Any<DeletionPolicy>(),
        OnlyCoupled = random.Chance(0.15),
        Matches = random.Chance(0.6),
        LocalPageSize = random.Next(1, 8),
        IntegrationPageSize = random.Next(1, 8),
        LocalSkew = NewSkew(),
        IntegrationSkew = NewSkew(),
        LocalAnswer = random.Any<WriteAnswer>(),
        IntegrationAnswer = random.Any<WriteAnswer>(),
        Forms = random.Any<ServerForms>(),
        TracksChanges = random.Chance(0.8),
        HasSecondCompany = random.Chance(0.05),
        KeepsFile = random.Chance(0.001),
        HasItems = random.Chance(0.2),
    };

    private TimeSpan NewSkew() => random.Chance(0.5) ? TimeSpan.Zero : TimeSpan.FromSeconds(random.Next(-3600, 3600));

    private HistoryStep NewStep() => random.Next(100) switch
    {
        < 35 => NewUserStep(),
        < 60 => new Run(random.Chance(0.15) ? SyncJobKind.Full : SyncJobKind.Modified) { Faults = faults.NewScript() },
        < 65 => new RunRecord(AnySide(), AnyPlace()) { Faults = faults.NewScript() },
        < 70 => new PreviewAndRun(random.Chance(0.3) ? SyncJobKind.Full : SyncJobKind.Modified),
        < 72 => new Match { Faults = faults.NewScript() },
        < 73 => new Couple(AnyPlace(), AnyPlace()) { Faults = faults.NewScript() },
        < 75 => new Uncouple(AnyPlace()) { Faults = faults.NewScript() },
        < 78 => new Settle(AnyPlace(), AnySide()) { Faults = faults.NewScript() },
        < 80 => new DecideSurvivor(AnyPlace(), random.Chance(0.5)) { Faults = faults.NewScript() },
        < 82 => new ExpireCheckpoints(AnySide()),
        < 84 => new TakeBackup(AnySide()),
        < 85 => new RestoreBackup(AnySide(), random.Chance(0.5)),
        < 87 => new ChangePolicies(random.Any<UpdateConflictPolicy>(), random.Any<DeletionPolicy>()),
        < 88 => new Restart(),
        < 89 => random.Chance(0.5) ? new SecureColumn(Tokens.Fields[random.Next(Tokens.Fields.Count)]) : new ReleaseColumns(),
        _ => new Wait(TimeSpan.FromSeconds(Math.Pow(10, 0.5 + (random.NextDouble() * 3.5)))),
    };

    private HistoryStep NewUserStep() => theme switch
    {
        HistoryTheme.Creations when random.Chance(0.6) => NewCreate(),
        HistoryTheme.Edits when random.Chance(0.7) => NewEdit(),
        HistoryTheme.Deletions when random.Chance(0.4) => new Delete(AnySide(), AnyPlace()),
        _ => random.Next(20) switch
        {
            < 5 => NewCreate(),
            < 7 => new CreatePerson(AnySide()),
            < 14 => NewEdit(),
            < 15 => random.Chance(0.5) ? new CreateItem(AnySide()) : random.Chance(0.4) ? new Poison(AnyPlace()) : NewEdit(),
            < 17 => new Reassign(AnySide(), AnyPlace(), random.Next(4)),
            _ => new Delete(AnySide(), AnyPlace()),
        },
    };

    private Create NewCreate() => new(AnySide(), random.Next(4)) { Twin = random.Chance(0.2) ? AnyPlace() : null };

    private Edit NewEdit() => new(AnySide(), AnyPlace(), Tokens.Fields[random.Next(Tokens.Fields.Count)]) { Clears = random.Chance(0.1), Late = NewLateness() };

    // A transaction that is older than the overlap is one that a feed by stamps cannot promise to see.
    private TimeSpan NewLateness() => random.Chance(0.15) ? TimeSpan.FromSeconds(random.Next(1, (int)Tables.Overlap.TotalSeconds - 10)) : TimeSpan.Zero;

    // Few records in a history of edits, so that the edits meet.
    private int AnyPlace() => random.Next(theme == HistoryTheme.Edits ? 2 : 8);

    private SyncSide AnySide() => random.Any<SyncSide>();
}
