namespace Dataverse.Sync.Simulation;

/// <summary>A coupling store as a process sees it that also keeps changed mappings.</summary>
internal class OverridingStore(SimulatedProcess process, ICouplingStore inner) : UnreliableStore(process, inner), IOverrideStore
{
    private readonly SimulatedProcess process = process;
    private readonly IOverrideStore overrides = (IOverrideStore)inner;

    public ValueTask<IReadOnlyList<StoredOverride>> ReadOverridesAsync(string scope, CancellationToken cancellationToken) =>
        process.CallAsync(new(null, "read overrides"), _ => overrides.ReadOverridesAsync(scope, cancellationToken), cancellationToken);

    public ValueTask<bool> TrySaveOverrideAsync(string scope, StoredOverride change, CancellationToken cancellationToken) =>
        process.CallAsync(
            new(null, "save override", change.Mapping),
            async _ =>
            {
                var isSaved = await overrides.TrySaveOverrideAsync(scope, change, cancellationToken);
                process.World.Trace?.Invoke($"        {(isSaved ? "saved" : "refused")} {change.Version}: {change.Document}");
                return isSaved;
            },
            cancellationToken);
}
