namespace Dataverse.Sync;

/// <summary>Two fields that seem to hold the same information.</summary>
public sealed record FieldMappingSuggestion
{
    /// <summary>The local field.</summary>
    public required FieldSchema Local { get; init; }

    /// <summary>The integration column.</summary>
    public required FieldSchema Integration { get; init; }

    /// <summary>How well names, types, lengths, and options agree, from 0.5 to 1.</summary>
    /// <remarks>It ranks suggestions and is no probability. Its values may change with a version of the library.</remarks>
    public required double Score { get; init; }

    /// <summary>Why the two fields are suggested.</summary>
    public required SuggestionReason Reason { get; init; }

    /// <summary>The direction that both tables and fields allow.</summary>
    public required SyncDirection Direction { get; init; }

    /// <summary>What values may lose in this direction; empty if nothing.</summary>
    public required IReadOnlyList<SuggestedLoss> Losses { get; init; }

    /// <summary>How a reference is translated, or null if the field is not one.</summary>
    public LookupMapping? Lookup { get; init; }

    /// <summary>Returns both fields, the score, and the reason.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Local.Name} > {Integration.Name} ({Score:0.00}, {Reason}, {Direction})");
}
