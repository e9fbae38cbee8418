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
        faults = new(random, theme, NewUserStep);
    }

    public static History Create(int seed) => HistoryExtras.AddTo(new HistoryGenerator(seed).Create());

    private History Create()
    {
        var settings = NewSettings();
        var isUncertain = theme == HistoryTheme.Uncertainty;
        List<HistoryStep> steps = random.Chance(theme == HistoryTheme.Deletions ? 0.5 : 0.1) ? NewBeginning() : [];
        for (var count = isUncertain ? random.Next(1, 4) : 0; count > 0; count--)
        {
            steps.AddRange(NewUncertainty());
        }

        for (var count = isUncertain ? random.Next(8) : random.Next(4, 24); count > 0; count--)
        {
            var step = isUncertain && random.Chance(0.85) ? NewUncertainStep() : NewStep();
            steps.Add(step with { Company = settings.HasSecondCompany ? random.Next(2) : 0 });
        }

        return new(seed, settings, steps);
    }

    // Some records are there and synchronized.
    private List<HistoryStep> NewBeginning() =>
    [
        .. Enumerable.Range(0, random.Next(2, 6)).Select(_ => new Create(AnySide(), 0)),
        new Run(SyncJobKind.Full),
    ];

    // Two systems that rewrite one field in opposite ways come to rest only if one of them tells what it stored, as Business Central does.
    private WorldSettings NewSettings()
    {
        var settings = NewAnySettings();
        settings = theme == HistoryTheme.Uncertainty ? settings with { Direction = SyncDirection.Bidirectional, OnlyCoupled = false } : settings;
        if (settings.Direction != SyncDirection.Bidirectional && settings.Filter == OutsideFilterPolicy.Follow)
        {
            settings = settings with { Filter = OutsideFilterPolicy.Wait };
        }

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
        ScansRarely = random.Chance(0.2),
        IsPlain = random.Chance(theme == HistoryTheme.Uncertainty ? 0.5 : 0.2),
        SkipsAfter = random.Chance(0.2) ? 2 : 0,
        LeaseDuration = TimeSpan.FromMinutes(random.Chance(theme == HistoryTheme.Uncertainty ? 0.4 : 0.1) ? 30 : 1),
        HasItems = random.Chance(0.2),
        HasParents = random.Chance(theme == HistoryTheme.Creations ? 0.5 : 0.1),
        Filter = theme == HistoryTheme.Filters || random.Chance(0.1) ? random.Any<OutsideFilterPolicy>() : null,
    };

    // A record is created on the other side, or not; a user goes on with it before the engine finds out.
    private IEnumerable<HistoryStep> NewUncertainty()
    {
        var side = AnySide();
        yield return NewCreate() with { Side = side };
        yield return new Run(SyncJobKind.Modified) { Faults = faults.NewLostWrite() };
        if (random.Next(3) is > 0 and var act)
        {
            yield return act == 1 ? NewEdit() with { Side = side, Place = HistoryStep.Newest } : new Delete(side, HistoryStep.Newest);
        }

        yield return new Run(SyncJobKind.Modified) { Faults = faults.NewScript() };
        yield return new Wait(TimeSpan.FromSeconds(random.Next(60, 1500)));
        yield return new Run(SyncJobKind.Modified) { Faults = faults.NewScript() };
    }

    // Runs follow each other while writes are uncertain, and nothing else explains or heals what they leave.
    private HistoryStep NewUncertainStep() => random.Next(10) switch
    {
        < 4 => NewUserStep(),
        < 8 => new Run(SyncJobKind.Modified) { Faults = faults.NewScript() },
        _ => new Wait(TimeSpan.FromSeconds(random.Next(60, 1200))),
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
        < 90 => NewAdministratorStep(),
        _ => new Wait(TimeSpan.FromSeconds(Math.Pow(10, 0.5 + (random.NextDouble() * 3.5)))),
    };

    private HistoryStep NewAdministratorStep() => random.Next(5) switch
    {
        0 => new SecureColumn(AnyField()),
        1 => new ReleaseColumns(),
        2 => new HideRecords(random.Next(4), random.Next(1, 8)),
        3 => new ShowRecords(),
        _ => new ResizeColumn(random.Next(1, 4) * 8),
    };

    private HistoryStep NewUserStep() => theme switch
    {
        HistoryTheme.Creations when random.Chance(0.6) => random.Chance(0.6) ? NewCreate() : NewParent(),
        HistoryTheme.Edits when random.Chance(0.7) => NewEdit(),
        HistoryTheme.Deletions when random.Chance(0.4) => NewDelete(),
        HistoryTheme.Deletions when random.Chance(0.1) => new EnterAgain(AnySide(), AnyPlace()),
        HistoryTheme.Filters when random.Chance(0.4) => new Block(AnySide(), AnyPlace()),
        HistoryTheme.Uncertainty when random.Chance(0.6) => random.Next(3) switch
        {
            0 => NewCreate(),
            1 => NewEdit(),
            _ => new Delete(AnySide(), AnyPlace()),
        },
        _ => random.Next(20) switch
        {
            < 5 => NewCreate(),
            < 7 => new CreatePerson(AnySide()),
            < 14 => NewEdit(),
            < 15 => random.Chance(0.5) ? new CreateItem(AnySide()) : random.Chance(0.4) ? new Poison(AnyPlace()) : NewEdit(),
            15 => random.Chance(0.5) ? new Block(AnySide(), AnyPlace()) : NewParent(),
            < 17 => new Reassign(AnySide(), AnyPlace(), random.Next(4)),
            _ => NewDelete(),
        },
    };

    private Create NewCreate() => new(AnySide(), random.Next(4))
    {
        Twin = random.Chance(0.2) ? AnyPlace() : null,
        Without = random.Chance(0.3) ? AnyField() : null,
    };

    private SetParent NewParent() => new(AnySide(), AnyPlace(), random.Chance(0.8) ? AnyPlace() : null);

    private Edit NewEdit() => new(AnySide(), AnyPlace(), AnyField()) { Clears = random.Chance(0.1), Late = NewLateness() };

    private Delete NewDelete() => new(AnySide(), AnyPlace()) { Count = random.Chance(0.75) ? 1 : random.Next(2, 5) };

    private TimeSpan NewLateness() => random.Chance(0.15) ? TimeSpan.FromSeconds(random.Next(1, 4 * (int)Tables.Overlap.TotalSeconds)) : TimeSpan.Zero;

    // Few records where steps have to meet.
    private int AnyPlace() => random.Next(theme switch
    {
        HistoryTheme.Edits or HistoryTheme.Filters => 2,
        HistoryTheme.Uncertainty => 3,
        _ => 8,
    });

    private string AnyField() => Tokens.Fields[random.Next(Tokens.Fields.Count)];

    private SyncSide AnySide() => random.Any<SyncSide>();
}
