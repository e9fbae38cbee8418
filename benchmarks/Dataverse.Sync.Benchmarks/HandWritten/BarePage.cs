namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>A page of couplings in the form in which PostgreSQL takes them, one array per column, made beforehand.</summary>
internal sealed record BarePage(Guid[] LocalIds, Guid[] IntegrationIds, long[] LocalVersions, long[] IntegrationVersions, long[] SynchronizedOn, byte[][] Bases)
{
    public static BarePage Of(IReadOnlyList<Coupling> couplings) => new(
        [.. couplings.Select(coupling => coupling.LocalId)],
        [.. couplings.Select(coupling => coupling.IntegrationId)],
        [.. couplings.Select(coupling => unchecked((long)coupling.LocalVersion))],
        [.. couplings.Select(coupling => unchecked((long)coupling.IntegrationVersion))],
        [.. couplings.Select(coupling => coupling.SynchronizedOn!.Value.ToUnixTimeSeconds())],
        [.. couplings.Select(coupling => coupling.Base!.Pack())]);
}
