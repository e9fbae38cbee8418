using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>The requests that two emulated services received: those about customers and accounts, and all others.</summary>
/// <param name="Counted">Requests that read or write customers or accounts, and batches, whose parts are not told apart.</param>
/// <param name="Others">Schemas and reference tables.</param>
internal readonly record struct Traffic(int Counted, int Others)
{
    private static readonly string[] CountedSets = ["customers", "accounts", "$batch"];

    public static Traffic Of(LocalCompany local, DataverseEmulator integration)
    {
        var requests = local.Emulator.Requests.Entries.Concat(integration.Requests.Entries).ToList();
        var counted = requests.Count(IsCounted);
        return new(counted, requests.Count - counted);
    }

    public static void Reset(LocalCompany local, DataverseEmulator integration)
    {
        local.Emulator.Requests.Reset();
        integration.Requests.Reset();
    }

    private static bool IsCounted(LoggedRequest request) =>
        request.PathAndQuery.Split('?')[0].Split('/').Any(segment => CountedSets.Any(set => segment == set || segment.StartsWith(set + "(", StringComparison.Ordinal)));
}
