namespace Dataverse.Sync.Shared;

/// <summary>A table as the service's metadata describe it; the <see cref="SchemaBuilder"/> interprets it.</summary>
internal sealed record EntityModel
{
    public required EntityDefinition Entity { get; init; }

    public required IReadOnlyList<AttributeDefinition> Attributes { get; init; }

    /// <summary>Lengths, formats, and options by column, as the casts of the attributes give them.</summary>
    public required IReadOnlyDictionary<string, AttributeDefinition> Details { get; init; }

    public required IReadOnlyList<RelationshipDefinition> Relationships { get; init; }

    public required IReadOnlySet<string> MultiSelectColumns { get; init; }

    public required bool OffersCreateMultiple { get; init; }

    /// <summary>How full names are joined; null where they cannot be written.</summary>
    public NameOrder? NameOrder { get; init; }

    /// <summary>The organization's settings; null where they cannot be read.</summary>
    public OrganizationRow? Organization { get; init; }

    /// <summary>The currencies with their decimal places; empty where they cannot be read.</summary>
    public required IReadOnlyList<CurrencyRow> Currencies { get; init; }

    /// <summary>The columns whose values are masked; null where the rules exist but cannot be read.</summary>
    public IReadOnlySet<string>? MaskedColumns { get; init; }

    /// <summary>The caller's rights on secured columns; null where they are not needed or cannot be read.</summary>
    public ColumnRights? Rights { get; init; }
}
