using System.Globalization;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Processes;

/// <summary>What a program that synchronizes does until its first request leaves, in a process of its own.</summary>
internal static class StartUp
{
    /// <summary>The hidden verb: <c>start-up PORT</c>.</summary>
    public const string Verb = "start-up";

    /// <summary>The hidden verb of a process that ends at once: what the benchmark program costs by itself, with the libraries that lie beside it.</summary>
    public const string VerbOfNothing = "nothing";

    /// <summary>Makes the engine with the standard mappings and both connectors and asks for a schema at a port of this machine; whoever listens there ends the process.</summary>
    public static async Task<int> RunAsync(string port)
    {
        var listener = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture)).Uri;
        await using var synchronization = new Synchronization(new(new(listener, "v2.0/production/api/v2.0/"), "Benchmark", listener));
        await synchronization.Engine.ValidateAsync();
        return 0;
    }
}
