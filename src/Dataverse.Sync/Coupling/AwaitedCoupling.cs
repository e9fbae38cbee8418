namespace Dataverse.Sync;

/// <summary>The coupling for which a failed record waits.</summary>
/// <remarks>
/// Two instances are equal if they name the same record, the same mappings in the same order, and equal alternatives.
/// </remarks>
public sealed record AwaitedCoupling
{
    /// <summary>Initializes a new instance of the <see cref="AwaitedCoupling"/> class for one mapping.</summary>
    /// <param name="mapping">The name of the mapping in which the record must be coupled.</param>
    /// <param name="record">The record that must be coupled.</param>
    public AwaitedCoupling(string mapping, RecordKey record)
        : this([mapping], record)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="AwaitedCoupling"/> class for several mappings.</summary>
    /// <param name="mappings">
    /// The names of the mappings, in one of which the record must be coupled; at least one.
    /// </param>
    /// <param name="record">The record that must be coupled.</param>
    /// <exception cref="ArgumentNullException"><paramref name="mappings"/> or one of the names is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="mappings"/> is empty.</exception>
    public AwaitedCoupling(IReadOnlyList<string> mappings, RecordKey record)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        if (mappings.Count == 0)
        {
            throw new ArgumentException("At least one mapping is required.", nameof(mappings));
        }

        foreach (var mapping in mappings)
        {
            ArgumentNullException.ThrowIfNull(mapping, nameof(mappings));
        }

        Mappings = [.. mappings];
        Record = record;
    }

    /// <summary>The names of the mappings, in one of which the record must be coupled; at least one.</summary>
    public IReadOnlyList<string> Mappings { get; }

    /// <summary>The record that must be coupled.</summary>
    public RecordKey Record { get; }

    /// <summary>
    /// Another coupling that makes the record due as well, or null if there is none. It may have an alternative itself.
    /// </summary>
    /// <remarks>A record in which several references were cleared waits for the first that is coupled.</remarks>
    public AwaitedCoupling? Alternative { get; init; }

    /// <inheritdoc/>
    public bool Equals(AwaitedCoupling? other) => other is not null
        && Record == other.Record
        && Mappings.SequenceEqual(other.Mappings, StringComparer.Ordinal)
        && Equals(Alternative, other.Alternative);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Record, Mappings[0]);

    /// <summary>Returns this coupling and its alternatives.</summary>
    internal IEnumerable<AwaitedCoupling> All()
    {
        for (var awaited = this; awaited is not null; awaited = awaited.Alternative)
        {
            yield return awaited;
        }
    }
}
