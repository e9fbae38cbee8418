namespace Dataverse.Sync;

/// <summary>The ordered field mappings of a base, shared by the couplings of a mapping.</summary>
/// <remarks>
/// A base is stored with its shape, so field mappings can be added, removed, and reordered later. Two shapes are equal
/// if they contain the same keys in the same order.
/// </remarks>
public sealed class BaseShape : IEquatable<BaseShape>
{
    private readonly FieldMappingKey[] fieldMappings;

    /// <summary>Initializes a new instance of the <see cref="BaseShape"/> class.</summary>
    /// <param name="fieldMappings">The <see cref="IFieldMapping.Key"/> of each field mapping.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fieldMappings"/> is null.</exception>
    public BaseShape(IEnumerable<FieldMappingKey> fieldMappings)
    {
        ArgumentNullException.ThrowIfNull(fieldMappings);
        this.fieldMappings = [.. fieldMappings];
    }

    /// <summary>The <see cref="IFieldMapping.Key"/> of each field mapping, in the order of the fingerprints.</summary>
    public IReadOnlyList<FieldMappingKey> FieldMappings => fieldMappings;

    /// <inheritdoc/>
    public bool Equals(BaseShape? other) =>
        ReferenceEquals(this, other)
        || (other is not null && fieldMappings.AsSpan().SequenceEqual(other.fieldMappings));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BaseShape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var key in fieldMappings)
        {
            hash.Add(key);
        }

        return hash.ToHashCode();
    }
}
