using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.HttpHarness;

/// <summary>What distinguishes the world of one history from others.</summary>
internal sealed record Scenario
{
    public required bool MatchesRecords { get; init; }

    public required bool OnlyCoupledRecords { get; init; }

    public required DeletionPolicy DeletionPolicy { get; init; }

    public required UpdateConflictPolicy ConflictPolicy { get; init; }

    public required ChangeTracking ChangeTracking { get; init; }

    public required int PageSize { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>The share of reads that meet a mishap; writes meet more.</summary>
    public required double MishapRate { get; init; }

    public required int Steps { get; init; }

    public static Scenario Draw(Random random) => new()
    {
        MatchesRecords = random.Next(4) > 0,
        OnlyCoupledRecords = random.Next(3) == 0,
        DeletionPolicy = (DeletionPolicy)random.Pick(0, 1, 3, 3, 3),
        ConflictPolicy = (UpdateConflictPolicy)random.Pick(0, 0, 1, 2, 3),
        ChangeTracking = random.Next(4) == 0 ? ChangeTracking.Never : ChangeTracking.Automatic,
        PageSize = random.Pick(2, 3, 5, 100),
        BatchSize = random.Pick(1, 3, 100),
        MishapRate = random.Pick(0, 0.01, 0.03, 0.08),
        Steps = random.Next(10, 40),
    };
}
