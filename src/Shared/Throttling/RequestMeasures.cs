using System.Diagnostics.Metrics;

namespace Dataverse.Sync.Shared;

/// <summary>Measures the requests to one service.</summary>
internal sealed class RequestMeasures
{
    private static readonly Meter Meter = new(SyncDiagnostics.SourceName);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        SyncDiagnostics.RequestsCounterName, "{request}", "Number of requests to a service, batches counted once.");

    private readonly KeyValuePair<string, object?> service;

    static RequestMeasures() => _ = Meter.CreateObservableGauge(
        SyncDiagnostics.PauseGaugeName, Pauses, "s", "Time for which no request is sent, because the service asked for it.");

    /// <summary>Measures the requests to a service.</summary>
    /// <param name="origin">The scheme, host, and port of the service.</param>
    public RequestMeasures(string origin) => service = ServiceOf(origin);

    /// <summary>Counts a request that is over.</summary>
    /// <param name="isRefused">Whether the service refused it and asked for a pause.</param>
    public void CountRequest(bool isRefused) =>
        Requests.Add(1, service, new(SyncDiagnostics.OutcomeTag, isRefused ? "refused" : "answered"));

    private static IEnumerable<Measurement<double>> Pauses() => GovernorRegistry.Pauses()
        .Select(pause => new Measurement<double>(pause.Left.TotalSeconds, ServiceOf(pause.Origin)));

    private static KeyValuePair<string, object?> ServiceOf(string origin) =>
        new(SyncDiagnostics.ServiceTag, Uri.TryCreate(origin, UriKind.Absolute, out var address) ? address.Authority : origin);
}
