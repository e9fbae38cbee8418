using System.Globalization;
using System.Xml;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes the entity type of a page into the metadata document.</summary>
internal static class MetadataEntity
{
    public static void Write(XmlWriter xml, PageSchema table, RouteModel route)
    {
        xml.WriteEntityType(table.Definition.EntityName, table.IdField.Name);
        foreach (var field in table.Fields)
        {
            WriteProperty(xml, table, field);
        }

        foreach (var navigation in table.Definition.Navigations)
        {
            WriteNavigation(xml, navigation, route.Find(navigation.Target)!);
        }

        if (table.Name == PageNames.Companies)
        {
            foreach (var set in route.Sets.Where(set => set != table))
            {
                xml.WriteElement(
                    "NavigationProperty", ("Name", set.Set), ("Type", Type(set, isCollection: true)),
                    ("ContainsTarget", "true"));
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteProperty(XmlWriter xml, PageSchema table, BusinessCentralField field) => xml.WriteElement(
        "Property",
        ("Name", field.Name),
        ("Type", EdmTypes.Name(table, field)),
        ("Nullable", field == table.IdField || field.IsMandatory ? "false" : null),
        ("MaxLength", field.DeclaredLength?.ToString(CultureInfo.InvariantCulture)),
        ("Scale", field.Type == BusinessCentralFieldType.Decimal ? "Variable" : null));

    private static void WriteNavigation(XmlWriter xml, TableNavigation navigation, PageSchema target)
    {
        xml.WriteStart(
            "NavigationProperty",
            ("Name", navigation.Name),
            ("Type", Type(target, navigation.IsCollection)),
            ("Partner", navigation.Partner),
            ("ContainsTarget", "true"));
        xml.WriteElement(
            "ReferentialConstraint",
            ("Property", navigation.Property), ("ReferencedProperty", navigation.ReferencedProperty));
        xml.WriteEndElement();
    }

    private static string Type(PageSchema target, bool isCollection)
    {
        var type = $"{EdmTypes.Namespace}.{target.Definition.EntityName}";
        return isCollection ? $"Collection({type})" : type;
    }
}
