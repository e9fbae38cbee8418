namespace Dataverse.Sync.Simulation;

/// <summary>A coupling store as a process sees it that also remembers which systems its scopes belong to.</summary>
internal sealed class RegisteringStore(SimulatedProcess process, ICouplingStore inner) : OverridingStore(process, inner), IScopeRegister
{
    private readonly SimulatedProcess process = process;
    private readonly IScopeRegister register = (IScopeRegister)inner;

    public ValueTask<ScopeRegister> ReadScopesAsync(CancellationToken cancellationToken) =>
        process.CallAsync(new(null, "read scopes", string.Empty), _ => register.ReadScopesAsync(cancellationToken), cancellationToken);

    public ValueTask<bool> TrySaveScopeAsync(RegisteredScope scope, long revision, CancellationToken cancellationToken) =>
        process.CallAsync(new(null, "save scope", string.Empty), _ => register.TrySaveScopeAsync(scope, revision, cancellationToken), cancellationToken);
}
