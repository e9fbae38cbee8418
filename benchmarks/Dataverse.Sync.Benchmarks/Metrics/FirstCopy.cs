using Dataverse.Sync.Benchmarks.HandWritten;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The fastest simple copy of a company's customers, as the timing measurements need it.</summary>
internal static class FirstCopy
{
    /// <summary>Times it, into a new Dataverse.</summary>
    public static async Task<TimeSpan> TimeAsync(LocalCompany local, HttpMessageHandler? handler, CancellationToken cancellationToken, DataverseEmulatorOptions? options = null)
    {
        await using var integration = await DataverseEmulator.StartAsync(options, cancellationToken);
        using var client = new CopyClient(local, integration, handler);
        var time = await Rounds.TimeAsync(() => new BulkCopy(client).RunAsync(cancellationToken));
        Expectation.Require(integration.Table("account").Count, local.Customers.Count, "created");
        return time;
    }
}
