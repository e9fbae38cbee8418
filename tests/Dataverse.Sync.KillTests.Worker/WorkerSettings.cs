using System.Text.Json;

namespace Dataverse.Sync.KillTests.Worker;

/// <summary>What a worker is told: its one argument, as JSON.</summary>
internal sealed record WorkerSettings
{
    public required Uri BusinessCentral { get; init; }

    public required string Company { get; init; }

    public required Uri Dataverse { get; init; }

    public required string StoreFile { get; init; }

    /// <summary>The connection string of a PostgreSQL database that is used in place of the file; null for the file.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>The schema of the store in that database.</summary>
    public string? Schema { get; init; }

    /// <summary>What the rounds are.</summary>
    public WorkerTask Task { get; init; }

    /// <summary>Whether uncoupled customers, vendors, and contacts look for partners, as the standard mappings do by default.</summary>
    public bool MatchesRecords { get; init; } = true;

    /// <summary>Records a page and operations a batch; small ones make many requests, hence many moments to be killed at.</summary>
    public int PageSize { get; init; } = 100;

    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a job queue entry belongs to a worker that does not renew it.</summary>
    public TimeSpan OwnershipDuration { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan UncertainWriteWindow { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public static WorkerSettings Parse(string json) =>
        JsonSerializer.Deserialize<WorkerSettings>(json) ?? throw new ArgumentException("The settings are null.", nameof(json));

    public string ToJson() => JsonSerializer.Serialize(this);
}
