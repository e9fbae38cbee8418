namespace Dataverse.Sync.Simulation;

/// <summary>One process with an engine: counts the engine's calls and lets go wrong what the script of the run says.</summary>
/// <remarks>Everything happens on one thread and in one order, so that a history is the same each time.</remarks>
internal sealed class SimulatedProcess : IDisposable
{
    /// <summary>No run of these small worlds needs so many; one that does is caught in a loop.</summary>
    private const int MaximumCalls = 3_000;

    private static readonly TimeSpan StallLength = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SuspensionLength = TimeSpan.FromHours(1);

    private readonly World world;
    private readonly IDisposable store;
    private readonly InMemorySyncJobLog jobs = new();
    private readonly int[] counts = new int[Enum.GetValues<FaultPlace>().Length];
    private FaultScript script = FaultScript.None;
    private CancellationTokenSource? cancellation;
    private bool hasStoreFailed;

    public SimulatedProcess(World world, Company company)
    {
        this.world = world;
        Company = company;
        var opened = world.OpenStore();
        store = opened.Release;
        var clock = new ProcessClock(world.Time, this);
        Engine = new(new()
        {
            Local = new UnreliableConnector(this, SyncSide.Local),
            Integration = new UnreliableConnector(this, SyncSide.Integration),
            Store = StoreOf(company.Settings, opened.Store),
            JobLog = jobs,
            Mappings = Tables.NewMappings(world.Settings),
            TimeProvider = clock,
            LeaseDuration = world.Settings.LeaseDuration,
            NewId = world.NewId,
        });
    }

    private ICouplingStore StoreOf(WorldSettings settings, ICouplingStore opened) => settings switch
    {
        { HasIdentities: true } => new RegisteringStore(this, opened),
        { IsTailored: true } => new OverridingStore(this, opened),
        _ => new UnreliableStore(this, opened),
    };

    public Company Company { get; }

    public SyncEngine Engine { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether the operating system gives the process no time: its timers do not fire.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>For how long the computer has slept under the process.</summary>
    public TimeSpan Slept { get; private set; }

    public List<PlannedOperation>? Recorded { get; private set; }

    /// <summary>Whether a person decided what this run does, so that it may delete.</summary>
    public bool IsDecidedByPerson { get; set; }

    /// <summary>Whether a person allows this run to blank any number of records.</summary>
    public bool AllowsMassBlanking { get; set; }

    /// <summary>The pairs, by their local record, of which this run has overwritten a value with a blank.</summary>
    public HashSet<Guid> Blanked { get; } = [];

    public SyncJobKind? Kind { get; private set; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedOn { get; private set; }

    /// <summary>The table that the service refused in the last run, or null.</summary>
    public string? ForbiddenTable { get; private set; }

    /// <summary>Whether a service refused a contact, a reference to a deleted account, or a write to a hidden one, in the last run, which no preview can foresee.</summary>
    public bool HasRefusal { get; set; }

    /// <summary>The side whose answers to reads by id lack records in this run, or null.</summary>
    public SyncSide? LaggingSide { get; private set; }

    public World World => world;

    /// <summary>Does something with the engine while the script's faults strike.</summary>
    public async Task<bool> RunAsync(SyncJobKind? kind, FaultScript faults, Func<SyncEngine, CancellationToken, Task> action, List<PlannedOperation>? recorded = null)
    {
        using var source = new CancellationTokenSource();
        (script, cancellation, Kind, Recorded, StartedOn) = (faults, source, kind, recorded, world.Time.GetUtcNow());
        Array.Clear(counts);
        Blanked.Clear();
        ForbiddenTable = null;
        LaggingSide = null;
        HasRefusal = false;
        hasStoreFailed = false;
        world.RunsUnderWay++;
        try
        {
            await action(Engine, source.Token);
            return true;
        }
        catch (SyncRunException failure) when (failure.InnerExceptions.FirstOrDefault(IsSurprise) is { } surprise)
        {
            throw surprise as InvariantViolationException ?? Surprise(surprise);
        }
        catch (Exception failure) when (!IsSurprise(failure))
        {
            world.Trace?.Invoke($"    {failure.GetType().Name}: {failure.Message}");
            Reasons.Check(failure, hasStoreFailed);
            return false;
        }
        catch (Exception failure) when (failure is not InvariantViolationException)
        {
            throw Surprise(failure);
        }
        finally
        {
            (script, cancellation, IsDecidedByPerson, AllowsMassBlanking, Recorded) = (FaultScript.None, null, false, false, null);
            Company.NoteWithheld();
            Company.Veil.Withhold(null);
            world.RunsUnderWay--;
        }
    }

    /// <summary>The jobs of the engine, newest first.</summary>
    public ValueTask<IReadOnlyList<SyncJob>> ListJobsAsync(int limit) => jobs.ListAsync(World.KeyOf(Company, Tables.Item).Scope, null, limit, default);

    /// <summary>Whether a job counted anything or states a reason why not.</summary>
    public async ValueTask<bool> HasOutcomeAsync(SyncJob job) =>
        job.Counters.Named().Any(counter => counter.Value > 0) || job.Message is not null || (await jobs.ListErrorsAsync(job.Id, default)).Count > 0;

    /// <summary>Checks that the process writes only while no other has taken the mapping over.</summary>
    public void RequireLease(string table)
    {
        if (IsAlive && world.Holders.TryGetValue(World.KeyOf(Company, Tables.MappingOf(table)), out var holder) && holder != this)
        {
            throw new InvariantViolationException("I15", $"The engine writes to {table} although another engine has taken the mapping over.");
        }
    }

    private static bool IsSurprise(Exception failure) => failure is not (SyncException or ProcessKilledException or OperationCanceledException);

    private static InvariantViolationException Surprise(Exception failure) =>
        new("no surprise", $"A run ended with {failure.GetType().Name}: {failure.Message}{Environment.NewLine}{failure.StackTrace}");

    /// <summary>Carries a call out, with what goes wrong before, in, and after it.</summary>
    public async ValueTask<T> CallAsync<T>(Call call, Func<FaultKind?, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireAlive();
        var fault = Count(call);
        world.Tick(Company);
        world.Trace?.Invoke($"    call {CountOf(FaultPlace.Call)}: {call}{(fault is null ? "" : $" ! {fault}")}");
        await BeforeAsync(call, fault, cancellationToken);
        var answer = await work(fault?.Kind);
        await AfterAsync(call, fault?.Kind, cancellationToken);
        return answer;
    }

    private Fault? Count(Call call)
    {
        Span<int> current = stackalloc int[counts.Length];
        current[(int)FaultPlace.Call] = ++counts[(int)FaultPlace.Call];
        if (call.Place is { } place)
        {
            current[(int)place] = ++counts[(int)place];
        }

        return CountOf(FaultPlace.Call) <= MaximumCalls ? script.At(current) : throw new InvariantViolationException("I13", $"A run made more than {MaximumCalls} calls.");
    }

    /// <summary>How many calls of a place the run that is under way, or was last, has made.</summary>
    public int CountOf(FaultPlace place) => counts[(int)place];

    public void RequireAlive()
    {
        if (!IsAlive)
        {
            throw new ProcessKilledException();
        }
    }

    public void Kill()
    {
        IsAlive = false;
        store.Dispose();
    }

    public void Dispose()
    {
        Engine.Dispose();
        store.Dispose();
    }

    private async ValueTask BeforeAsync(Call call, Fault? fault, CancellationToken cancellationToken)
    {
        switch (fault?.Kind)
        {
            case FaultKind.CrashBefore:
                Kill();
                RequireAlive();
                break;
            case FaultKind.CancelBefore:
                cancellation!.Cancel();
                break;
            case FaultKind.Unreachable or FaultKind.Throttled or FaultKind.ServiceFault when call is { Side: { } side, IsWrite: false }:
                throw new ConnectorException(Company.On(side).Name, FailureOf(fault.Kind), $"The simulation lets this call fail as {fault.Kind}.");
            case FaultKind.TableForbidden when call.Side is not null:
                ForbiddenTable = call.Table;
                break;
            case FaultKind.ReadsLag when call.Side is not null:
                LaggingSide = call.Side;
                break;
            case FaultKind.ColumnWithheld when Company.Veil.IsEmpty:
                Company.Veil.Withhold(world.AnyField());
                Company.NoteWithheld();
                break;
            case FaultKind.StoreUnavailable when call.Side is null:
                hasStoreFailed = true;
                throw new CouplingStoreException(CouplingStoreFailure.Unavailable, "The simulation makes the store unavailable.");
            case FaultKind.UserAction:
                await fault.Action!.PerformAsync(world, Company);
                break;
            case FaultKind.Stall:
                await StallAsync([]);
                break;
            case FaultKind.TakenOver:
                await StallAsync([StallLength]);
                break;
            case FaultKind.Suspended:
                await SleepAsync();
                break;
            default:
                break;
        }

        if (call.Side is { } refused && call.Table == ForbiddenTable)
        {
            throw new ConnectorException(Company.On(refused).Name, ConnectorFailure.Authorization, "The simulation forbids the table.");
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    // Another process runs after each of the pauses; without pauses nobody notices that this one sleeps.
    private async Task StallAsync(TimeSpan[] pauses)
    {
        IsStalled = true;
        foreach (var pause in pauses.DefaultIfEmpty(StallLength))
        {
            world.Advance(pause);
            if (pauses.Length > 0)
            {
                using var other = new SimulatedProcess(world, Company);
                world.Trace?.Invoke("    … another process takes over");
                _ = await other.RunAsync(SyncJobKind.Modified, FaultScript.None, (engine, token) => engine.SynchronizeModifiedAsync(null, token));
                world.Trace?.Invoke("    … and the first one goes on");
            }
        }

        IsStalled = false;
    }

    private async Task SleepAsync()
    {
        var began = world.Time.GetUtcNow();
        await StallAsync([StallLength, SuspensionLength]);
        Slept += world.Time.GetUtcNow() - began;
    }

    private async ValueTask AfterAsync(Call call, FaultKind? fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case FaultKind.CrashAfter or FaultKind.CrashInFlight:
                Kill();
                RequireAlive();
                break;
            case FaultKind.CancelAfter:
                cancellation!.Cancel();
                cancellationToken.ThrowIfCancellationRequested();
                break;
            case FaultKind.SuspendedAfter:
                await SleepAsync();
                break;
            case FaultKind.AnswerLost when call.Side is null:
                hasStoreFailed = true;
                throw new CouplingStoreException(CouplingStoreFailure.Unavailable, "The simulation loses the store's answer.");
            case FaultKind.AnswerLost when call is { Side: { } side, IsWrite: false }:
                throw new ConnectorException(Company.On(side).Name, ConnectorFailure.Unreachable, "The simulation loses this answer.");
            default:
                break;
        }
    }

    private static ConnectorFailure FailureOf(FaultKind kind) => kind switch
    {
        FaultKind.Throttled => ConnectorFailure.Throttled,
        FaultKind.ServiceFault => ConnectorFailure.ServiceFault,
        _ => ConnectorFailure.Unreachable,
    };
}
