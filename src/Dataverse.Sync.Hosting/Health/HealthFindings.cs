using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dataverse.Sync.Hosting;

/// <summary>Collects what is not healthy. The worst finding decides.</summary>
internal sealed class HealthFindings
{
    private readonly List<string> sentences = [];
    private readonly Dictionary<string, object> data = [];

    private HealthStatus status = HealthStatus.Healthy;

    public void Note(string name, object value) => data[name] = value;

    public void Add(HealthStatus found, string sentence)
    {
        status = found < status ? found : status;
        sentences.Add(sentence);
    }

    /// <summary>Compares a measure with its limits, null for none.</summary>
    public void Compare<T>(T value, T? degraded, T? unhealthy, string sentence)
        where T : struct, IComparable<T>
    {
        if (unhealthy is { } worst && value.CompareTo(worst) >= 0)
        {
            Add(HealthStatus.Unhealthy, sentence);
        }
        else if (degraded is { } bad && value.CompareTo(bad) >= 0)
        {
            Add(HealthStatus.Degraded, sentence);
        }
    }

    /// <summary>The result. A registration may report its failure status in place of unhealthy.</summary>
    public HealthCheckResult ToResult(HealthStatus failureStatus) => new(
        status == HealthStatus.Unhealthy ? failureStatus : status,
        sentences.Count == 0 ? "All mappings are synchronized as scheduled." : string.Join(" ", sentences),
        data: data);
}
