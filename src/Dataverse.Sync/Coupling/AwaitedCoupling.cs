namespace Dataverse.Sync;

/// <summary>The coupling that a waiting record needs.</summary>
/// <remarks>Two instances are equal when they name the same record and the same mappings in the same order.</remarks>
public sealed record AwaitedCoupling
{
    /// <summary>Creates the description of an awaited coupling.</summary>
    /// <param name="mapping">The mapping in which the coupling will appear.</param>
    /// <param name="record">The record that must be coupled there.</param>
    public AwaitedCoupling(string mapping, RecordKey record)
        : this([mapping], record)
    {
    }

    /// <summary>Creates the description of an awaited coupling.</summary>
    /// <param name="mappings">The mappings in any of which the coupling may appear; at least one.</param>
    /// <param name="record">The record that must be coupled there.</param>
    /// <exception cref="ArgumentException"><paramref name="mappings"/> is empty.</exception>
    public AwaitedCoupling(IReadOnlyList<string> mappings, RecordKey record)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        if (mappings.Count == 0)
        {
            throw new ArgumentException("An awaited coupling names at least one mapping.", nameof(mappings));
        }

        Mappings = [.. mappings];
        Record = record;
    }

    /// <summary>The mappings in any of which the coupling may appear, as in Business Central's dependency filter; at least one.</summary>
    public IReadOnlyList<string> Mappings { get; }

    /// <summary>The record that must be coupled.</summary>
    public RecordKey Record { get; }

    /// <inheritdoc/>
    public bool Equals(AwaitedCoupling? other) =>
        other is not null && Record == other.Record && Mappings.SequenceEqual(other.Mappings, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Record, Mappings[0]);
}
