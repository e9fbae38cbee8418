namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// A navigation property: <paramref name="Target"/> is the name of another <see cref="EntityShape"/>.
/// </summary>
internal sealed record NavigationShape(string Name, string Target, bool IsCollection);
