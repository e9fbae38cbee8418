namespace Dataverse.Sync.IntegrationTests;

/// <summary>The whole engine between two services whose answers can be changed on their way.</summary>
internal sealed class HostileBench : IAsyncDisposable
{
    private const int HealingRuns = 3;

    private readonly IReadOnlyDictionary<SyncSide, HostileHandler> handlers;

    private HostileBench(TestBench bench, IReadOnlyDictionary<SyncSide, HostileHandler> handlers) => (Bench, this.handlers) = (bench, handlers);

    public TestBench Bench { get; }

    public static async Task<HostileBench> StartAsync(DataSet data)
    {
        var handlers = new Dictionary<SyncSide, HostileHandler> { [SyncSide.Local] = new(), [SyncSide.Integration] = new() };
        var settings = new TestBenchSettings { Handlers = handlers.ToDictionary(pair => pair.Key, pair => (HttpMessageHandler)pair.Value) };
        return new(await TestBench.StartAsync(data, settings), handlers);
    }

    /// <summary>Runs while answers are changed. The run may fail, but only in the way in which runs do.</summary>
    /// <returns>Whether it failed.</returns>
    public async Task<bool> RunDisturbedAsync(IReadOnlyList<Disturbance> disturbances, Func<SyncEngine, Task> run)
    {
        foreach (var (side, handler) in handlers)
        {
            handler.Begin((number, answer) => disturbances
                .Where(disturbance => disturbance.Side == side && disturbance.Answer == number)
                .Aggregate(answer, (changed, disturbance) => disturbance.Mutation.Apply(changed)));
        }

        try
        {
            await run(Bench.Engine);
            return false;
        }
        catch (SyncException)
        {
            return true;
        }
    }

    /// <summary>Leaves the answers alone from now on and runs until what was left open is settled.</summary>
    public async Task HealAsync(Func<SyncEngine, Task> run)
    {
        foreach (var handler in handlers.Values)
        {
            handler.Begin(null);
        }

        for (var number = 0; number < HealingRuns; number++)
        {
            Bench.Clock.Advance(TimeSpan.FromHours(1));
            await run(Bench.Engine);
        }
    }

    /// <summary>What both services hold, apart from ids and numbers, which depend on the order of the writes.</summary>
    public IReadOnlyList<string> Contents(bool withEditedFields) =>
    [
        .. Local("customers", "displayName", "email"),
        .. Local("vendors", "displayName", "email"),
        .. Local("contacts", "displayName", "type", "email"),
        .. Local("salespeoplePurchasers", "code", "displayName"),
        .. Integration("account", "name", "emailaddress1"),
        .. Integration("contact", "fullname", "emailaddress1"),
        .. Integration("transactioncurrency", "isocurrencycode", "currencyname"),
        .. withEditedFields ? [.. Local("customers", "phoneNumber", "city"), .. Integration("account", "telephone1", "address1_city")] : Array.Empty<string>(),
    ];

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        foreach (var handler in handlers.Values)
        {
            handler.Dispose();
        }
    }

    private IEnumerable<string> Local(string table, params string[] fields) =>
        Describe(table, Bench.Local(table).Rows.Select(row => fields.Select(field => row[field]?.ToString())));

    private IEnumerable<string> Integration(string table, params string[] columns) =>
        Describe(table, Bench.Dataverse.Table(table).Rows.Select(row => columns.Select(column => row[column]?.ToString())));

    private static IEnumerable<string> Describe(string table, IEnumerable<IEnumerable<string?>> rows) =>
        rows.Select(values => $"{table}: {string.Join('|', values)}").Order(StringComparer.Ordinal);
}
