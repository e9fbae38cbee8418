namespace Dataverse.Sync;

/// <summary>Edits on both sides of a pair that exclude each other; both are kept until somebody or a policy decides.</summary>
public sealed record RecordConflict
{
    /// <summary>Identifies the conflict.</summary>
    public required Guid Id { get; init; }

    /// <summary>What excludes what.</summary>
    public required ConflictKind Kind { get; init; }

    /// <summary>The local record of the pair.</summary>
    public required Guid LocalId { get; init; }

    /// <summary>The integration record of the pair.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>The fields that were edited differently on the two sides; empty for a deletion against an untracked edit.</summary>
    public required IReadOnlyList<FieldConflict> Fields { get; init; }

    /// <summary>When it was found, by the engine's clock.</summary>
    public required DateTimeOffset DetectedOn { get; init; }

    /// <summary>How it was decided; <see cref="ConflictResolution.Open"/> while it waits.</summary>
    public ConflictResolution Resolution { get; init; }

    /// <summary>When it was decided; null while it waits.</summary>
    public DateTimeOffset? ResolvedOn { get; init; }

    /// <summary>The conflict once its pair is no longer coupled: it and its open fields become <see cref="ConflictResolution.Lapsed"/>, the values stay.</summary>
    /// <param name="resolvedOn">When the pair was uncoupled.</param>
    public RecordConflict Lapse(DateTimeOffset resolvedOn) => this with
    {
        Resolution = ConflictResolution.Lapsed,
        ResolvedOn = resolvedOn,
        Fields = [.. Fields.Select(field => field.Resolution == ConflictResolution.Open ? field with { Resolution = ConflictResolution.Lapsed } : field)],
    };
}
