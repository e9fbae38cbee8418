using Dataverse.Sync.Benchmarks.HandWritten;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.PostgreSql;
using Npgsql;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The time to commit couplings to PostgreSQL page by page beside bare inserts of the same rows.</summary>
internal sealed class PostgreSqlMeasurement : IMeasurement
{
    private const string Variable = "DATAVERSE_SYNC_POSTGRES";
    private const int PageSize = 1_000;
    private const int Warmups = 1;
    private const int TimedRounds = 5;

    public IReadOnlyList<Metric> Metrics => [Metric.PostgresVsBare];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } connectionString)
        {
            await Console.Error.WriteLineAsync($"{Metric.PostgresVsBare.Name} is skipped: {Variable} does not name a server.");
            return [];
        }

        await using var source = NpgsqlDataSource.Create(connectionString);
        var pages = Enumerable.Range(0, scale.Coupled).Select(CustomerCouplings.Make).Chunk(PageSize).ToList();
        var barePages = pages.ConvertAll(BarePage.Of);
        var (bare, own) = await Rounds.AlternateAsync(
            Warmups,
            TimedRounds,
            () => InSchemaAsync(source, schema => InsertAsync(source, schema, barePages, cancellationToken)),
            () => InSchemaAsync(source, schema => CommitAsync(source, schema, pages, cancellationToken)));
        return [new(Metric.PostgresVsBare, own.Median / bare.Median, $"{own.In("ms")} / {bare.In("ms")} for {scale.Coupled} couplings in pages of {PageSize}")];
    }

    private static async Task<TimeSpan> CommitAsync(NpgsqlDataSource source, string schema, List<Coupling[]> pages, CancellationToken cancellationToken)
    {
        await using var store = new PostgreSqlCouplingStore(new PostgreSqlCouplingStoreOptions { DataSource = source, Schema = schema });
        var lease = await store.TryAcquireLeaseAsync(new("scope", Customers.Mapping), "benchmark", TimeSpan.FromHours(1), cancellationToken);
        return await Rounds.TimeAsync(async () =>
        {
            foreach (var page in pages)
            {
                await store.CommitAsync(new() { Lease = lease!, Couplings = page }, cancellationToken);
            }
        });
    }

    private static async Task<TimeSpan> InsertAsync(NpgsqlDataSource source, string schema, List<BarePage> pages, CancellationToken cancellationToken)
    {
        var table = new BarePostgresTable(source, schema);
        await table.CreateAsync(cancellationToken);
        return await Rounds.TimeAsync(async () =>
        {
            foreach (var page in pages)
            {
                await table.InsertAsync(page, cancellationToken);
            }
        });
    }

    private static async Task<TimeSpan> InSchemaAsync(NpgsqlDataSource source, Func<string, Task<TimeSpan>> measure)
    {
        var schema = $"benchmark_{Guid.NewGuid():N}";
        try
        {
            return await measure(schema);
        }
        finally
        {
            await using var drop = source.CreateCommand($"DROP SCHEMA IF EXISTS {schema} CASCADE");
            await drop.ExecuteNonQueryAsync();
        }
    }
}
