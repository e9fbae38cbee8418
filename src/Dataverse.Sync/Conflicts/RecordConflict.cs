namespace Dataverse.Sync;

/// <summary>Edits on both sides of a pair that exclude each other. Both values are kept.</summary>
/// <remarks>
/// A conflict that a policy or a rule resolves is stored as well, already resolved. A pair has at most one open
/// conflict. A conflict contains field values, of which a store otherwise keeps only fingerprints. A store removes the
/// values a while after the conflict was resolved or lapsed.
/// </remarks>
public sealed record RecordConflict
{
    /// <summary>
    /// How long stores keep the values of a resolved or lapsed conflict if they are not told otherwise: 30 days.
    /// </summary>
    public static TimeSpan DefaultValueRetention { get; } = TimeSpan.FromDays(30);

    /// <summary>The id of the conflict.</summary>
    public required Guid Id { get; init; }

    /// <summary>Which edits are in conflict.</summary>
    public required ConflictKind Kind { get; init; }

    /// <summary>The id of the local record.</summary>
    public required Guid LocalId { get; init; }

    /// <summary>The id of the integration record.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>The fields that were changed to different values; empty in a conflict about a deletion.</summary>
    public required IReadOnlyList<FieldConflict> Fields { get; init; }

    /// <summary>When the conflict was detected, by the clock of the engine.</summary>
    public required DateTimeOffset DetectedOn { get; init; }

    /// <summary>How the conflict was resolved, or <see cref="ConflictResolution.Open"/>.</summary>
    public ConflictResolution Resolution { get; init; }

    /// <summary>When the conflict was resolved or lapsed, or null while it is open.</summary>
    public DateTimeOffset? ResolvedOn { get; init; }

    /// <summary>
    /// Whether the store removed the values because the conflict was resolved or lapsed long ago. The values of
    /// <see cref="Fields"/> are then blank.
    /// </summary>
    public bool ValuesRemoved { get; init; }

    /// <summary>
    /// Why a person decides about a deletion although the remaining record was not edited, such as the records that would be
    /// deleted together with it; null for any other conflict.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Returns the conflict without its values. The fields and their resolutions stay.</summary>
    /// <returns>The conflict with blank values, of which <see cref="ValuesRemoved"/> is true.</returns>
    public RecordConflict RemoveValues() => this with
    {
        ValuesRemoved = true,
        Fields = [.. Fields.Select(field => field with { Local = FieldValue.Blank, Integration = FieldValue.Blank })],
    };

    /// <summary>Returns the conflict as lapsed, with its values, for a pair that is no longer coupled.</summary>
    /// <remarks>Fields that are open lapse as well; fields with a resolution keep it.</remarks>
    /// <param name="resolvedOn">When the pair was uncoupled.</param>
    /// <returns>The lapsed conflict.</returns>
    public RecordConflict Lapse(DateTimeOffset resolvedOn) => this with
    {
        Resolution = ConflictResolution.Lapsed,
        ResolvedOn = resolvedOn,
        Fields = [.. Fields.Select(LapseIfOpen)],
    };

    private static FieldConflict LapseIfOpen(FieldConflict field) => field.Resolution == ConflictResolution.Open
        ? field with { Resolution = ConflictResolution.Lapsed }
        : field;
}
