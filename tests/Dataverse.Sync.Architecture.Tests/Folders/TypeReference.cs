namespace Dataverse.Sync.Architecture.Tests;

/// <summary>A type that names another type, or a member of it.</summary>
/// <param name="From">The name of the type whose source holds the reference.</param>
/// <param name="To">The name of the type that it refers to.</param>
internal sealed record TypeReference(string From, string To)
{
    public override string ToString() => $"{From}→{To}";
}
