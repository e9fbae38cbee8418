using System.Globalization;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Processes;

/// <summary>A first full run of customers over HTTP into an SQLite store, in a process of its own, so that what it allocates is not mixed with what the emulated services do.</summary>
internal static class ClientRun
{
    /// <summary>The hidden verb: <c>client-run BUSINESS-CENTRAL COMPANY DATAVERSE N</c>.</summary>
    public const string Verb = "client-run";

    /// <summary>Starts the process.</summary>
    /// <param name="addresses">The services, which lie in this process.</param>
    /// <param name="customers">The number of customers.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    public static async Task<ClientRunResult> InOwnProcessAsync(ServiceEndpoints addresses, int customers, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            Verb, addresses.BusinessCentral.AbsoluteUri, addresses.Company, addresses.Dataverse.AbsoluteUri, customers.ToString(CultureInfo.InvariantCulture),
        ];
        return ClientRunResult.Parse(await ChildProcess.RunSelfAsync(arguments, cancellationToken));
    }

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(ServiceEndpoints addresses, string customers, TextWriter output)
    {
        var count = int.Parse(customers, CultureInfo.InvariantCulture);
        using var folder = new TemporaryFolder();
        await using var synchronization = new Synchronization(addresses, folder.File("couplings.db"));
        await synchronization.SynchronizeReferencesAsync(CancellationToken.None);
        var paused = GC.GetTotalPauseDuration();
        var bytes = await Rounds.AllocationsAsync(() => synchronization.CreateAccountsAsync(count, CancellationToken.None));
        await output.WriteLineAsync(new ClientRunResult(bytes, (GC.GetTotalPauseDuration() - paused).TotalMilliseconds).ToJson());
        return 0;
    }
}
