using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The first full run of a company's customers, as the timing measurements need it.</summary>
internal static class FirstRun
{
    /// <summary>Times it, into a new Dataverse and a new SQLite file; start-up and reference tables come before.</summary>
    public static async Task<TimeSpan> TimeAsync(LocalCompany local, HttpMessageHandler? handler, CancellationToken cancellationToken, DataverseEmulatorOptions? options = null)
    {
        await using var integration = await DataverseEmulator.StartAsync(options, cancellationToken);
        using var folder = new TemporaryFolder();
        await using var synchronization = new Synchronization(ServiceEndpoints.Of(local, integration), folder.File("couplings.db"), handler);
        await synchronization.SynchronizeReferencesAsync(cancellationToken);
        return await Rounds.TimeAsync(() => synchronization.CreateAccountsAsync(local.Customers.Count, cancellationToken));
    }
}
