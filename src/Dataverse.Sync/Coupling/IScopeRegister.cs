namespace Dataverse.Sync;

/// <summary>Remembers which systems the scopes of a coupling store belong to.</summary>
/// <remarks>
/// A coupling store that implements this interface as well lets the engine recognize a scope by the ids that the services
/// tell, and refuse systems and companies that do not belong to it. With any other store, a scope is its name.
/// </remarks>
public interface IScopeRegister
{
    /// <summary>Reads all scopes, including those of which the store has couplings only.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The scopes in any order, and the revision of the register.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    ValueTask<ScopeRegister> ReadScopesAsync(CancellationToken cancellationToken);

    /// <summary>Adds or replaces the entry of a scope, unless the register has changed since it was read.</summary>
    /// <param name="scope">The scope. <see cref="RegisteredScope.Mappings"/> is ignored.</param>
    /// <param name="revision">The revision of the register that was read.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>False if the register has changed. Then nothing is stored.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    ValueTask<bool> TrySaveScopeAsync(RegisteredScope scope, long revision, CancellationToken cancellationToken);
}
