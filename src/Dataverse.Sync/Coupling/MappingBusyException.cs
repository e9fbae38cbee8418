namespace Dataverse.Sync;

/// <summary>Another run of the same mapping and scope is active, in this or another process.</summary>
public sealed class MappingBusyException : SyncException
{
    /// <summary>Initializes a new instance of the <see cref="MappingBusyException"/> class.</summary>
    /// <param name="key">The mapping.</param>
    public MappingBusyException(MappingKey key)
        : base($"Mapping '{key?.Mapping}' of scope '{key?.Scope}' is being synchronized by another run.") => Key = key!;

    /// <summary>The mapping.</summary>
    public MappingKey Key { get; }
}
