namespace Dataverse.Sync.Testing;

/// <summary>The route of a custom API: <c>/api/{publisher}/{group}/{version}</c>.</summary>
/// <param name="Publisher">The publisher, which is the first segment.</param>
/// <param name="Group">The group, which is the second segment.</param>
/// <param name="Version">The version, which is the third segment, for example <c>v1.0</c>.</param>
public sealed record BusinessCentralRoute(string Publisher, string Group, string Version)
{
    /// <summary>Formats the route as the path below <c>api/</c>, without a leading or trailing slash.</summary>
    /// <returns>The path.</returns>
    public override string ToString() => $"{Publisher}/{Group}/{Version}";
}
