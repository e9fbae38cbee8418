namespace Dataverse.Sync;

/// <summary>The name of a field mapping, unique within its table mapping and stored in bases and conflicts.</summary>
/// <remarks>
/// The engine compares keys by ordinal and never parses them, so a custom <see cref="IFieldMapping"/> may use any text.
/// A field mapping whose key changes counts as a new one that was never synchronized.
/// </remarks>
public readonly record struct FieldMappingKey
{
    private readonly string? text;

    /// <summary>Initializes a new instance of the <see cref="FieldMappingKey"/> struct.</summary>
    /// <param name="value">The text of the key.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public FieldMappingKey(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        text = value;
    }

    /// <summary>The text of the key, or the empty text in a default instance.</summary>
    public string Value => text ?? string.Empty;

    /// <summary>Returns the standard key of a field mapping between two fields.</summary>
    /// <param name="localField">The local field, or null for a constant.</param>
    /// <param name="integrationField">The integration column, or null for a constant.</param>
    /// <returns>Both names, separated by <c>&gt;</c>, such as <c>phoneNumber&gt;telephone1</c>.</returns>
    public static FieldMappingKey Between(string? localField, string? integrationField) =>
        new($"{localField}>{integrationField}");

    /// <summary>Converts a text to a key.</summary>
    /// <param name="value">The text of the key.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static implicit operator FieldMappingKey(string value) => new(value);

    /// <summary>Converts a text to a key.</summary>
    /// <param name="value">The text of the key.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static FieldMappingKey FromString(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(FieldMappingKey other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
