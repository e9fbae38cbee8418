namespace Dataverse.Sync;

/// <summary>Another run of the same mapping and scope is under way, here or in another process.</summary>
public sealed class MappingBusyException : SyncException
{
    /// <summary>Makes the exception.</summary>
    public MappingBusyException(MappingKey key)
        : base($"Mapping '{key?.Mapping}' of scope '{key?.Scope}' is being synchronized by another run.") => Key = key!;

    /// <summary>The mapping.</summary>
    public MappingKey Key { get; }
}
