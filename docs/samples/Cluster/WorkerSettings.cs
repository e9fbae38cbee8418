using System.Text.Json;

namespace Cluster;

/// <summary>
/// What a worker is told: its argument, as JSON. A real worker reads this from its configuration. The connection string comes by
/// the environment, because everybody on the machine can read arguments.
/// </summary>
internal sealed record WorkerSettings
{
    public required Uri BusinessCentral { get; init; }

    public required string Company { get; init; }

    public required Uri Dataverse { get; init; }

    /// <summary>The schema of the coupling store in the database.</summary>
    public required string Schema { get; init; }

    public static WorkerSettings Parse(string json) =>
        JsonSerializer.Deserialize<WorkerSettings>(json) ?? throw new ArgumentException("The settings are null.", nameof(json));

    public string ToJson() => JsonSerializer.Serialize(this);
}
