namespace Dataverse.Sync.Testing;

/// <summary>The three segments that name a custom API: <c>/api/{publisher}/{group}/{version}</c>.</summary>
/// <param name="Publisher">The first segment.</param>
/// <param name="Group">The second segment.</param>
/// <param name="Version">The third segment, such as <c>v1.0</c>.</param>
public sealed record BusinessCentralRoute(string Publisher, string Group, string Version)
{
    /// <summary>The path below <c>api/</c>, without slashes at the ends.</summary>
    public override string ToString() => $"{Publisher}/{Group}/{Version}";
}
