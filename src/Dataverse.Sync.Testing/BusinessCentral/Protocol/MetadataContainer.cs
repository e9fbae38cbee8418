using System.Xml;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes the entity container, which tells of each set what clients may do with it.</summary>
internal static class MetadataContainer
{
    private const string Capabilities = "Org.OData.Capabilities.V1";

    public static void Write(XmlWriter xml, RouteModel route)
    {
        xml.WriteStart("EntityContainer", ("Name", "NAV"));
        xml.WriteElement(
            "EntitySet", ("Name", PageNames.EntityDefinitions), ("EntityType", $"{EdmTypes.Namespace}.entityMetadata"));
        WriteSet(xml, PageNames.Subscriptions, PageNames.Subscriptions, (true, true, true), isSortable: false);
        foreach (var table in route.Sets)
        {
            var page = table.Definition;
            WriteSet(
                xml, table.Set, page.EntityName, (page.AllowsDelete, page.AllowsInsert, page.AllowsModify),
                isSortable: true);
        }

        xml.WriteEndElement();
    }

    private static void WriteSet(
        XmlWriter xml, string name, string type, (bool Delete, bool Insert, bool Update) allowed, bool isSortable)
    {
        xml.WriteStart("EntitySet", ("Name", name), ("EntityType", $"{EdmTypes.Namespace}.{type}"));
        WriteCapability(xml, "ChangeTracking", "Supported", false);
        WriteCapability(xml, "DeleteRestrictions", "Deletable", allowed.Delete);
        WriteCapability(xml, "InsertRestrictions", "Insertable", allowed.Insert);
        WriteCapability(xml, "UpdateRestrictions", "Updatable", allowed.Update);
        WriteCapability(xml, "SortRestrictions", "Sortable", isSortable);
        xml.WriteEndElement();
    }

    private static void WriteCapability(XmlWriter xml, string term, string property, bool value)
    {
        xml.WriteStart("Annotation", ("Term", $"{Capabilities}.{term}"));
        xml.WriteStartElement("Record");
        xml.WriteElement("PropertyValue", ("Property", property), ("Bool", value ? "true" : "false"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
