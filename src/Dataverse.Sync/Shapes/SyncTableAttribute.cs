namespace Dataverse.Sync;

/// <summary>Names the table whose records a class holds.</summary>
/// <param name="name">The name of the table, as the connector of its side names it.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class SyncTableAttribute(string name) : Attribute
{
    /// <summary>The name of the table.</summary>
    public string Name { get; } = name;
}
