namespace Dataverse.Sync.Documents;

/// <summary>A member of an object.</summary>
/// <param name="Name">The name as it is written.</param>
/// <param name="Value">The value.</param>
internal sealed record NodeMember(string Name, Node Value);
