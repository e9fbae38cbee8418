namespace Dataverse.Sync.Shared;

/// <summary>A column as <c>Attributes</c> and its casts describe it; what a cast does not tell is null.</summary>
internal sealed record AttributeDefinition(
    string? LogicalName,
    Guid? MetadataId,
    string? AttributeType,
    string? AttributeOf,
    bool? IsValidForCreate,
    bool? IsValidForUpdate,
    bool? IsValidForRead,
    bool? IsSecured,
    AttributeDefinition.Wrapped? RequiredLevel,
    int? MaxLength,
    int? Precision,
    int? PrecisionSource,
    bool? IsBaseCurrency,
    AttributeDefinition.Wrapped? DateTimeBehavior,
    AttributeDefinition.Choices? OptionSet,
    AttributeDefinition.Choices? GlobalOptionSet)
{
    /// <summary>
    /// The exact type, such as <c>ImageType</c> of a column whose <see cref="AttributeType"/> is <c>Virtual</c>.
    /// </summary>
    public Wrapped? AttributeTypeName { get; init; }

    /// <summary>For a whole number, what it counts: <c>Duration</c> for minutes.</summary>
    public string? Format { get; init; }

    /// <summary>A text that the service wraps in an object.</summary>
    internal sealed record Wrapped(string? Value);

    internal sealed record Choices(IReadOnlyList<Choice>? Options)
    {
        /// <summary>The name of the choice, by which a global one is changed.</summary>
        public string? Name { get; init; }

        /// <summary>Whether several columns share the choice.</summary>
        public bool? IsGlobal { get; init; }
    }

    internal sealed record Choice(int? Value, Label? Label);

    internal sealed record Label(LocalizedLabel? UserLocalizedLabel, IReadOnlyList<LocalizedLabel?>? LocalizedLabels);

    internal sealed record LocalizedLabel(string? Label);
}
