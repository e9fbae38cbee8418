namespace Dataverse.Sync.ForeignClients.Tests;

/// <summary>A theory that runs scripts in Node.js; it is skipped where their packages are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = NodeScript.Obstacle;
}
