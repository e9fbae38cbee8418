namespace Dataverse.Sync.Testing;

/// <summary>
/// What the system does to the values of a field without telling it in the schema. A setting that is
/// <see langword="null"/> leaves it to the schema.
/// </summary>
public sealed record InMemoryFieldOptions
{
    /// <summary>
    /// What the field of a new record holds if nobody sets it. Default <see langword="null"/>: false for a boolean, as both
    /// services do, the zero of its type for another field that cannot be blank, and a blank otherwise.
    /// </summary>
    public FieldValue? DefaultValue { get; init; }

    /// <summary>The number of decimal places that are stored. Default <see langword="null"/>.</summary>
    public int? Scale { get; init; }

    /// <summary>
    /// The smallest difference between two instants that is stored. Default <see langword="null"/>.
    /// </summary>
    public TimeSpan? TimeResolution { get; init; }

    /// <summary>How a text is changed when it is stored. Default <see langword="null"/>.</summary>
    public TextNormalization? TextNormalization { get; init; }

    /// <summary>
    /// Whether the connector sees the field as blank in every record. Default <see langword="false"/>.
    /// </summary>
    public bool IsWithheld { get; init; }

    /// <summary>What the connector sees instead of a text. Default <see langword="null"/>: the text.</summary>
    public Func<string, string>? Mask { get; init; }
}
