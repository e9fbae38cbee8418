namespace Dataverse.Sync;

/// <summary>The <see cref="IFieldMapping"/> that <see cref="IntegrationTableMappingBuilder"/> creates.</summary>
public sealed record FieldMapping : IFieldMapping
{
    /// <inheritdoc/>
    /// <value>The default is <see cref="FieldMappingKey.Between"/> the two fields.</value>
    public FieldMappingKey Key
    {
        get => field == default ? FieldMappingKey.Between(LocalField, IntegrationField) : field;
        init;
    }

    /// <inheritdoc/>
    public string? LocalField { get; init; }

    /// <inheritdoc/>
    public string? IntegrationField { get; init; }

    /// <inheritdoc/>
    /// <value>The default is <see cref="SyncDirection.Bidirectional"/>.</value>
    public SyncDirection Direction { get; init; }

    /// <inheritdoc/>
    /// <value>The default is true.</value>
    public bool IsEnabled { get; init; } = true;

    /// <inheritdoc/>
    /// <value>The default is <see cref="FieldValue.Blank"/>.</value>
    public FieldValue Constant { get; init; }

    /// <inheritdoc/>
    /// <value>The default is false.</value>
    public bool OnInsertOnly { get; init; }

    /// <inheritdoc/>
    /// <value>The default is false.</value>
    public bool SkipsBlank { get; init; }

    /// <inheritdoc/>
    public IFieldConverter? Converter { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ITransformationRule> TransformationsToIntegration { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<ITransformationRule> TransformationsToLocal { get; init; } = [];

    /// <inheritdoc/>
    public OptionMapping? Options { get; init; }

    /// <inheritdoc/>
    public TableLookup? TableLookup { get; init; }

    /// <inheritdoc/>
    public bool IsOptional { get; init; }

    /// <inheritdoc/>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <inheritdoc/>
    public LookupMapping? Lookup { get; init; }

    /// <inheritdoc/>
    public TypedField? LocalMember { get; init; }

    /// <inheritdoc/>
    public TypedField? IntegrationMember { get; init; }
}
