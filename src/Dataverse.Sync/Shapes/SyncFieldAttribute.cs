namespace Dataverse.Sync;

/// <summary>Names the field that a property or a field of a class holds, in place of the name by convention.</summary>
/// <param name="name">The name of the field, case-sensitive.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SyncFieldAttribute(string name) : Attribute
{
    /// <summary>The name of the field.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The table to which a <see cref="Guid"/> refers, as the connector of its side names it; null if the field is not a
    /// reference.
    /// </summary>
    /// <remarks>Needed to write a reference. To read it, the GUID suffices.</remarks>
    /// <value>The default is null.</value>
    public string? ReferencedTable { get; set; }
}
