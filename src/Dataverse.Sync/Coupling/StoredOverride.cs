namespace Dataverse.Sync;

/// <summary>How a mapping differs from its default, as a store keeps it.</summary>
public sealed record StoredOverride
{
    /// <summary>The name of the mapping.</summary>
    public required string Mapping { get; init; }

    /// <summary>A number that grows with every change of the override, also with its removal. The first is 1.</summary>
    public required long Version { get; init; }

    /// <summary>The difference as JSON, or null if the override was removed and the mapping has its default setup.</summary>
    /// <remarks>The text is configuration: names of tables, fields, and options, and the values of constants and filters.</remarks>
    public string? Document { get; init; }

    /// <summary>When the override was stored, by the clock of the engine that did.</summary>
    public DateTimeOffset ChangedOn { get; init; }
}
