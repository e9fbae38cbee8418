namespace Dataverse.Sync.HttpHarness;

/// <summary>One history: random steps under mishaps, then peace, then the checks.</summary>
internal sealed class History : IAsyncDisposable
{
    private readonly World world;
    private readonly EditLog log;
    private readonly Users users;
    private readonly Operator person;
    private readonly EngineRuns runs;
    private readonly Random random;
    private readonly Features features;

    private History(World world, Random random, Features features)
    {
        (this.world, this.random, this.features) = (world, random, features);
        log = new EditLog(world);
        users = new Users(world, log, random, new UserValues(features), features);
        runs = new EngineRuns(world, features);
        person = new Operator(world, runs, random);
    }

    /// <summary>Runs the history of a seed.</summary>
    public static async Task<HistoryOutcome> RunAsync(int seed, Features? features = null)
    {
        features ??= Features.Default;
        var random = new Random(seed);
        var scenario = Scenario.Draw(random);
        var mishaps = new MishapSource(seed, scenario.MishapRate, features);
        var world = await World.CreateAsync(seed, scenario, mishaps);
        await using var history = new History(world, random, features);
        var violations = await history.RunAsync();
        return new HistoryOutcome(seed, scenario, violations, world.TraceLines);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private async Task<IReadOnlyList<string>> RunAsync()
    {
        try
        {
            await LiveAsync();
            return await new Peace(world, log, runs, person).CheckAsync();
        }
        catch (ViolationException violation)
        {
            return [violation.Message];
        }
    }

    private async Task LiveAsync()
    {
        for (var i = random.Next(3, 9); i > 0; i--)
        {
            users.Create();
        }

        world.Line.IsFaulty = true;

        // Users do not stop working while the engine runs.
        world.Line.Meanwhile = users.EditSome;
        for (var i = 0; i < world.Scenario.Steps; i++)
        {
            await StepAsync();
            await world.Line.DeliverLateAsync();
            await runs.NoteSettledAsync(users.Settled);
        }

        world.Line.Meanwhile = null;
        world.Line.IsFaulty = false;
    }

    private Task StepAsync() => random.Next(100) switch
    {
        < 10 => Do(users.Create),
        < 32 => Do(() => users.EditSome(random)),
        < 37 => Do(users.EditBoth),
        < 42 => Do(users.DeleteSome),
        < 47 => Do(Wait),
        < 67 => runs.ModifiedAsync(new()),
        < 76 => runs.FullAsync(new()),
        < 80 => runs.TableAsync(random.Pick(Kinds.All).Mapping),
        < 84 => runs.RecordsAsync(random.Pick(Kinds.All), random),
        < 87 => runs.MatchAsync(random.Pick(Kinds.All).Mapping),
        < 90 => runs.PreviewAsync(random.Pick(SyncJobKind.Modified, SyncJobKind.Full)),
        < 92 => person.ResolveSomeAsync(),
        < 94 => person.RetrySomeAsync(),
        < 96 => runs.ResumeAsync(),
        < 98 => Do(runs.Restart),
        _ => features.Restores && world.Scenario.MatchesRecords ? runs.BackUpOrRestoreAsync() : Do(Wait),
    };

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private void Wait() => world.Clock.Advance(random.Pick(
        TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(30), TimeSpan.FromHours(26)));
}
