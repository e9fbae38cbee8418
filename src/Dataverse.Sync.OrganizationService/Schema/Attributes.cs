using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Metadata;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Describes columns in the words that both connectors know.</summary>
internal static class Attributes
{
    /// <summary>Describes a column.</summary>
    /// <exception cref="FormatException">The column has no name or no type, or a list of options has an empty place.</exception>
    public static AttributeDefinition Describe(AttributeMetadata? attribute)
    {
        if (attribute is not { LogicalName.Length: > 0, AttributeType: { } type })
        {
            throw new FormatException("A column has no name or no type.");
        }

        return new AttributeDefinition(
            attribute.LogicalName,
            attribute.MetadataId,
            $"{type}",
            attribute.AttributeOf,
            attribute.IsValidForCreate,
            attribute.IsValidForUpdate,
            attribute.IsValidForRead,
            attribute.IsSecured,
            new(Members.Text(attribute.RequiredLevel, "Value")),
            MaxLengthOf(attribute),
            PrecisionOf(attribute),
            (attribute as MoneyAttributeMetadata)?.PrecisionSource,
            (attribute as MoneyAttributeMetadata)?.IsBaseCurrency,
            new((attribute as DateTimeAttributeMetadata)?.DateTimeBehavior?.Value),
            OptionsOf(attribute),
            GlobalOptionSet: null)
        {
            AttributeTypeName = new(Members.Text(attribute.AttributeTypeName, "Value")),
            Format = $"{(attribute as IntegerAttributeMetadata)?.Format}",
        };
    }

    /// <summary>The tables that a lookup may refer to, each as a relationship whose property is the column itself.</summary>
    public static IEnumerable<RelationshipDefinition> RelationshipsOf(EntityMetadata entity, AttributeMetadata? attribute)
    {
        if (attribute is not { LogicalName: { } name } || attribute is not LookupAttributeMetadata lookup)
        {
            return [];
        }

        IEnumerable<string?> targets = lookup.Targets is { Length: > 0 } own
            ? own
            : (entity.ManyToOneRelationships ?? [])
                .Where(relationship => relationship?.ReferencingAttribute == name)
                .Select(relationship => relationship.ReferencedEntity);
        return targets.Select(target => new RelationshipDefinition(name, target, name));
    }

    private static int? MaxLengthOf(AttributeMetadata attribute) => attribute switch
    {
        StringAttributeMetadata text => text.MaxLength,
        MemoAttributeMetadata text => text.MaxLength,
        _ => null,
    };

    private static int? PrecisionOf(AttributeMetadata attribute) => attribute switch
    {
        DecimalAttributeMetadata number => number.Precision,
        DoubleAttributeMetadata number => number.Precision,
        MoneyAttributeMetadata amount => amount.Precision,
        _ => null,
    };

    private static AttributeDefinition.Choices? OptionsOf(AttributeMetadata attribute) =>
        attribute is EnumAttributeMetadata { OptionSet.Options: { } options }
            ? new([.. options.Select(option => new AttributeDefinition.Choice(option?.Value, LabelOf(option?.Label)))])
            : null;

    private static AttributeDefinition.Label? LabelOf(Label? label) => label is null
        ? null
        : new(
            new(label.UserLocalizedLabel?.Label),
            [.. (label.LocalizedLabels ?? []).Select(text => new AttributeDefinition.LocalizedLabel(text?.Label))]);
}
