namespace Dataverse.Sync.Execution;

/// <summary>The local record to which a reference refers, and the mapping through which it is looked up.</summary>
internal readonly record struct LocalTarget(string Mapping, Guid Id);
