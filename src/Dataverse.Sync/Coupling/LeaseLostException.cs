namespace Dataverse.Sync;

/// <summary>Another engine took over the lease of the mapping; this run stops and commits nothing more.</summary>
public sealed class LeaseLostException : SyncException
{
    /// <summary>Makes the exception.</summary>
    public LeaseLostException(MappingKey key)
        : base($"Another engine has taken over mapping '{key?.Mapping}' of scope '{key?.Scope}'.") => Key = key!;

    /// <summary>The mapping.</summary>
    public MappingKey Key { get; }
}
