namespace Dataverse.Sync;

/// <summary>Another engine has taken over the lease of the mapping. The run ends and commits nothing more.</summary>
public sealed class LeaseLostException : SyncException
{
    /// <summary>Initializes a new instance of the <see cref="LeaseLostException"/> class.</summary>
    /// <param name="key">The mapping.</param>
    public LeaseLostException(MappingKey key)
        : base($"Another engine has taken over mapping '{key?.Mapping}' of scope '{key?.Scope}'.") => Key = key!;

    /// <summary>The mapping.</summary>
    public MappingKey Key { get; }
}
