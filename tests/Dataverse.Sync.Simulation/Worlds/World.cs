using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>Everything that a history happens in: clock, companies, coupling store, and the processes that run engines.</summary>
internal sealed class World : IDisposable
{
    private static readonly DateTimeOffset Beginning = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan CallTime = TimeSpan.FromMilliseconds(217);

    private readonly IStoreHome home;
    private readonly Random random;
    private readonly OpenedStore truth;
    private readonly Dictionary<int, SimulatedProcess> processes = [];

    public World(int seed, WorldSettings settings)
    {
        random = new(seed);
        Settings = settings;
        Time = new(Beginning);
        home = settings.KeepsFile ? new SqliteHome(Time) : new MemoryHome(Time);
        truth = home.Open();
        Companies = settings.HasSecondCompany ? [new(0, settings, Time), new(1, settings, Time)] : [new(0, settings, Time)];
    }

    public FakeTimeProvider Time { get; }

    /// <summary>What the two systems and mappings are like now; a history may change the policies.</summary>
    public WorldSettings Settings { get; private set; }

    public IReadOnlyList<Company> Companies { get; }

    /// <summary>Is told of every call, for people who read a failure.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>The process that acquired the lease of a mapping last.</summary>
    public Dictionary<MappingKey, SimulatedProcess> Holders { get; } = [];

    /// <summary>What the journals of all mappings must hold.</summary>
    public JournalBook Journals { get; } = new();

    /// <summary>How many runs are under way, so that what happens now happens in the middle of one.</summary>
    public int RunsUnderWay { get; set; }

    /// <summary>Whether the clock stands still during calls, as where two runs on one state are compared.</summary>
    public bool IsClockStopped { get; set; }

    public Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    /// <summary>How long a late request takes after it has left: less than the time that the engine allows for.</summary>
    public TimeSpan NewDelay() => TimeSpan.FromSeconds(random.Next(random.Chance(0.5) ? 1 : 450, 600));

    public string AnyField() => Tokens.Fields[random.Next(Tokens.Fields.Count)];

    /// <summary>How long a connector holds a request back, of the time that it has.</summary>
    public TimeSpan NewHoldback(TimeSpan longest) => longest > TimeSpan.Zero && random.Chance(0.5) ? longest * random.NextDouble() : TimeSpan.Zero;

    public OpenedStore OpenStore() => home.Open();

    public SimulatedProcess ProcessOf(Company company)
    {
        if (!processes.TryGetValue(company.Number, out var process) || !process.IsAlive)
        {
            process?.Dispose();
            processes[company.Number] = process = new(this, company);
        }

        return process;
    }

    /// <summary>Ends a company's process in order; the next run starts another.</summary>
    public void Restart(Company company)
    {
        if (processes.Remove(company.Number, out var process))
        {
            process.Dispose();
        }
    }

    public void Change(WorldSettings settings)
    {
        Settings = settings;
        foreach (var company in Companies)
        {
            Restart(company);
        }
    }

    public void Advance(TimeSpan time)
    {
        Time.Advance(time);
        foreach (var company in Companies)
        {
            company.Deliver(Time.GetUtcNow());
        }
    }

    /// <summary>A call takes a little time.</summary>
    public void Tick(Company company)
    {
        if (!IsClockStopped)
        {
            Time.Advance(CallTime);
        }

        company.Deliver(Time.GetUtcNow());
    }

    public static MappingKey KeyOf(Company company, string mapping) => new($"{company.Local.Identity}|{company.Integration.Identity}", mapping);

    public async ValueTask<Coupling?> FindCouplingAsync(Company company, string mapping, SyncSide side, Guid id) =>
        (await truth.Store.FindAsync(KeyOf(company, mapping), side, [id], default)) is [var coupling] ? coupling : null;

    /// <summary>What the store holds, past all faults.</summary>
    public async ValueTask<StoreContents> ReadStoreAsync(Company company, string mapping)
    {
        var key = KeyOf(company, mapping);
        return new(
            await truth.Store.ListAsync(key, default).ToListAsync(),
            await truth.Store.ListFailuresAsync(key, default).ToListAsync(),
            await truth.Store.ListConflictsAsync(key, includeResolved: true, default).ToListAsync(),
            await truth.Store.ListIntentsAsync(key, default));
    }

    /// <summary>Puts something into the store that is no override of a mapping.</summary>
    public async ValueTask DamageOverrideAsync(Company company, string mapping)
    {
        var overrides = (IOverrideStore)truth.Store;
        var scope = KeyOf(company, mapping).Scope;
        var known = (await overrides.ReadOverridesAsync(scope, default)).FirstOrDefault(item => item.Mapping == mapping);
        _ = await overrides.TrySaveOverrideAsync(
            scope, new() { Mapping = mapping, Version = known?.Version ?? 0, Document = "{ \"version\": 1, ", ChangedOn = Time.GetUtcNow() }, default);
    }

    public void Dispose()
    {
        foreach (var process in processes.Values)
        {
            process.Dispose();
        }

        truth.Release.Dispose();
        home.Dispose();
    }
}
