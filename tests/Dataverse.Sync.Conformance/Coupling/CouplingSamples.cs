namespace Dataverse.Sync.Conformance;

/// <summary>Couplings and what surrounds them, numbered, so that tests can name them.</summary>
public static class CouplingSamples
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static MappingKey Customers { get; } = new("cronus", "CUSTOMER");

    public static BaseShape Shape { get; } = new(["number", "displayName", "email"]);

    // In another order than their numbers, so that nothing passes because ids happen to ascend.
    public static Guid LocalId(int number) => new(number * 7919, (short)(number * 31), (short)number, 1, 2, 3, 4, 5, 6, 7, 8);

    public static Guid IntegrationId(int number) => new(number, 11, 12, 8, 7, 6, 5, 4, 3, 2, (byte)number);

    public static Coupling Pair(int number) => Pair(number, number);

    public static Coupling Pair(int local, int integration) => new()
    {
        LocalId = LocalId(local),
        IntegrationId = IntegrationId(integration),
        Base = Base(Shape, (ulong)local),
        LocalVersion = (ulong)local,
        IntegrationVersion = ulong.MaxValue - (ulong)integration,
        SynchronizedOn = Start.AddSeconds(local),
    };

    public static IReadOnlyList<Coupling> Pairs(int first, int count) => [.. Enumerable.Range(first, count).Select(number => Pair(number))];

    /// <summary>A base whose first field is blank, whose last differs between the sides, and whose others agree.</summary>
    public static SynchronizedBase Base(BaseShape shape, ulong seed)
    {
        var local = new ulong[shape.FieldMappings.Count];
        for (var field = 1; field < local.Length; field++)
        {
            local[field] = ((seed + 1) * 0x9E3779B97F4A7C15) + (ulong)field;
        }

        var integration = local.ToArray();
        if (integration.Length > 0)
        {
            integration[^1]++;
        }

        return new(shape, local, integration);
    }

    public static Intent Intent(int number) => new()
    {
        Id = IntegrationId(10_000 + number),
        Target = SyncSide.Integration,
        Kind = WriteKind.Insert,
        TargetId = IntegrationId(number),
        SourceId = LocalId(number),
        JournaledOn = Start.AddTicks(number),
        Outcome = Base(Shape, (ulong)number),
        BusinessKey = $"C{number:00000}",
    };

    public static RecordFailure Failure(int number, SyncSide side = SyncSide.Local) => new()
    {
        Record = new(side, LocalId(number)),
        State = RecordFailureState.Failed,
        Error = new(SyncErrorCodes.Transient, "The service was busy."),
        Attempts = 1,
        FirstFailedOn = Start.AddMinutes(number),
        LastFailedOn = Start.AddMinutes(number),
    };

    public static RecordConflict Conflict(int number) => new()
    {
        Id = IntegrationId(20_000 + number),
        Kind = ConflictKind.Update,
        LocalId = LocalId(number),
        IntegrationId = IntegrationId(number),
        Fields = [new("displayName", FieldValue.Text("left"), FieldValue.Text("right"))],
        DetectedOn = Start.AddMinutes(number),
    };
}
