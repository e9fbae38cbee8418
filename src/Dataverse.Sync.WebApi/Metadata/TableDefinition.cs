namespace Dataverse.Sync.WebApi;

/// <summary>Everything that the service told of a table, before it is made sense of.</summary>
internal sealed record TableDefinition
{
    public required EntityDefinition Entity { get; init; }

    public required IReadOnlyList<AttributeDefinition> Attributes { get; init; }

    /// <summary>What the casts told, by column: lengths, formats, options.</summary>
    public required IReadOnlyDictionary<string, AttributeDefinition> Details { get; init; }

    public required IReadOnlyList<RelationshipDefinition> Relationships { get; init; }

    public required IReadOnlySet<string> MultiSelectColumns { get; init; }

    public required bool OffersCreateMultiple { get; init; }

    /// <summary>How full names are joined; null where they are not written or joined in another way.</summary>
    public FullNameConvention? FullNameConvention { get; init; }
}
