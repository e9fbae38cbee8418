namespace Dataverse.Sync;

/// <summary>
/// A changed mapping was not stored, because another engine has stored a change of it since the change began.
/// </summary>
/// <remarks>
/// Nothing was stored, and the change is still in memory. Look at what the other engine changed, reset the mapping
/// (<c>engine.Mappings.Reset</c>), and change it again.
/// </remarks>
public sealed class OverrideConflictException : SyncException
{
    /// <summary>Initializes a new instance of the <see cref="OverrideConflictException"/> class.</summary>
    /// <param name="mapping">The name of the mapping.</param>
    public OverrideConflictException(string mapping)
        : base($"Mapping '{mapping}' was not stored, because another engine has stored a change of it since this change began. "
            + "Reset the mapping and change it again.") => Mapping = mapping;

    /// <summary>The name of the mapping.</summary>
    public string Mapping { get; }
}
