namespace Dataverse.Sync;

/// <summary>The identity of the system behind an address, as its service tells it.</summary>
/// <remarks>
/// Addresses, names of environments, and names of companies change, and another system may appear behind them. The id
/// does not change: couplings belong to it.
/// </remarks>
/// <param name="Id">
/// The id of the system, such as that of a Business Central company or a Dataverse organization. A GUID is written in
/// lower case and without braces.
/// </param>
public sealed record SystemIdentity(string Id)
{
    /// <summary>The name by which the system knows itself, such as the name of the company, or null.</summary>
    public string? Name { get; init; }
}
