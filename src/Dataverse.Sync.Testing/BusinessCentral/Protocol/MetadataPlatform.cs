using System.Xml;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes the types of the platform, which every route has: captions and subscriptions.</summary>
internal static class MetadataPlatform
{
    private static readonly (string Name, string Type)[] NamedCaptions =
        [("name", "Edm.String"), ("captions", Labels)];

    private static readonly (string Name, string Type, string? Nullable, string? Length)[] SubscriptionProperties =
    [
        ("subscriptionId", "Edm.String", "false", "150"),
        ("notificationUrl", "Edm.String", "false", null),
        ("resource", "Edm.String", "false", null),
        ("timestamp", "Edm.Int64", null, null),
        ("userId", "Edm.Guid", null, null),
        ("lastModifiedDateTime", "Edm.DateTimeOffset", null, null),
        ("clientState", "Edm.String", null, "2048"),
        ("expirationDateTime", "Edm.DateTimeOffset", null, null),
        ("systemCreatedAt", "Edm.DateTimeOffset", null, null),
        ("systemCreatedBy", "Edm.Guid", null, null),
        ("systemModifiedAt", "Edm.DateTimeOffset", null, null),
        ("systemModifiedBy", "Edm.Guid", null, null),
    ];

    private static string Labels => Collection("Label");

    /// <summary>The entity type of <c>entityDefinitions</c> and the complex types that it consists of.</summary>
    public static void WriteDefinitions(XmlWriter xml)
    {
        xml.WriteEntityType("entityMetadata", "entityName");
        xml.WriteElement("Property", ("Name", "entityName"), ("Type", "Edm.String"), ("Nullable", "false"));
        xml.WriteElement("Property", ("Name", "entitySetName"), ("Type", "Edm.String"));
        xml.WriteElement("Property", ("Name", "entityCaptions"), ("Type", Labels));
        xml.WriteElement("Property", ("Name", "entitySetCaptions"), ("Type", Labels));
        xml.WriteElement("Property", ("Name", "properties"), ("Type", Collection("Field")));
        xml.WriteElement("Property", ("Name", "actions"), ("Type", Collection("Action")));
        xml.WriteElement("Property", ("Name", "enumMembers"), ("Type", Collection("EnumMember")));
        xml.WriteEndElement();
        WriteComplex(xml, "Label", ("languageCode", "Edm.Int32"), ("caption", "Edm.String"));
        WriteComplex(xml, "Field", NamedCaptions);
        WriteComplex(xml, "Action", NamedCaptions);
        WriteComplex(xml, "EnumMember", ("name", "Edm.String"), ("value", "Edm.Int32"), ("captions", Labels));
    }

    public static void WriteSubscriptions(XmlWriter xml)
    {
        xml.WriteEntityType(PageNames.Subscriptions, "subscriptionId");
        foreach (var (name, type, nullable, length) in SubscriptionProperties)
        {
            xml.WriteElement(
                "Property", ("Name", name), ("Type", type), ("Nullable", nullable), ("MaxLength", length));
        }

        xml.WriteEndElement();
    }

    private static void WriteComplex(
        XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Type)> properties)
    {
        xml.WriteStart("ComplexType", ("Name", $"entityMetadata{name}"));
        foreach (var (property, type) in properties)
        {
            xml.WriteElement(
                "Property", ("Name", property), ("Type", type), ("Nullable", type == Labels ? null : "false"));
        }

        xml.WriteEndElement();
    }

    private static string Collection(string part) => $"Collection({EdmTypes.Namespace}.entityMetadata{part})";
}
