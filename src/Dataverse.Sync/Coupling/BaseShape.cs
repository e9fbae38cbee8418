namespace Dataverse.Sync;

/// <summary>The field mappings that a base speaks of, in order; shared by the couplings of a mapping.</summary>
/// <remarks>
/// A stored base keeps its shape, so that field mappings may be added, removed, and reordered: the engine finds the ones it knows by name.
/// Shapes are equal when they name the same field mappings in the same order.
/// </remarks>
public sealed class BaseShape : IEquatable<BaseShape>
{
    private readonly FieldMappingKey[] fieldMappings;

    /// <summary>Makes a shape from the keys of field mappings.</summary>
    public BaseShape(IEnumerable<FieldMappingKey> fieldMappings)
    {
        ArgumentNullException.ThrowIfNull(fieldMappings);
        this.fieldMappings = [.. fieldMappings];
    }

    /// <summary>The keys of the field mappings (<see cref="IFieldMapping.Key"/>), in the order of the fingerprints.</summary>
    public IReadOnlyList<FieldMappingKey> FieldMappings => fieldMappings;

    /// <inheritdoc/>
    public bool Equals(BaseShape? other) =>
        ReferenceEquals(this, other) || (other is not null && fieldMappings.AsSpan().SequenceEqual(other.fieldMappings));

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
