namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>All measurements, in the order of the report.</summary>
internal static class Measurements
{
    public static IReadOnlyList<IMeasurement> All { get; } =
    [
        new FullRequestsMeasurement(), new ModifiedRequestsMeasurement(), new OrganizationServiceMeasurement(), new OverheadMeasurement(), new SlowOverheadMeasurement(), new SpeedupMeasurement(),
        new UnchangedEngineMeasurement(), new ChangedEngineMeasurement(), new CreatedRowMeasurement(), new ClientMeasurement(), new SqliteMeasurement(), new PostgreSqlMeasurement(),
        new SqliteRunsMeasurement(), new LargeRunMeasurement(), new ParallelMeasurement(), new StartUpMeasurement(),
    ];
}
