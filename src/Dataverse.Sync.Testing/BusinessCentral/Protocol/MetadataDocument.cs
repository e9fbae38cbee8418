using System.Globalization;
using System.Xml;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The CSDL of a route: namespace <c>Microsoft.NAV</c>, each company containing every set.</summary>
internal static class MetadataDocument
{
    private const string Namespace = "Microsoft.NAV";
    private const string Edmx = "http://docs.oasis-open.org/odata/ns/edmx";
    private const string Edm = "http://docs.oasis-open.org/odata/ns/edm";

    public static EmulatorResponse Write(ApiCall call)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(
            buffer, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false) }))
        {
            WriteDocument(xml, call.Address.Route);
        }

        return Replies.Text(call, "application/xml", buffer.ToArray());
    }

    private static void WriteDocument(XmlWriter xml, RouteModel route)
    {
        var tables = route.Sets;
        xml.WriteStartElement("edmx", "Edmx", Edmx);
        xml.WriteAttributeString("Version", "4.0");
        xml.WriteStartElement("DataServices", Edmx);
        xml.WriteStartElement("Schema", Edm);
        xml.WriteAttributeString("Namespace", Namespace);
        foreach (var table in tables)
        {
            WriteType(xml, table, tables);
        }

        foreach (var field in tables.SelectMany(table => table.Fields.Select(field => (table, field)))
            .Where(pair => pair.field.Members.Count > 0))
        {
            WriteEnum(xml, EnumName(field.table, field.field), field.field);
        }

        WriteContainer(xml, tables);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteType(XmlWriter xml, PageSchema table, IReadOnlyList<PageSchema> tables)
    {
        xml.WriteStartElement("EntityType");
        xml.WriteAttributeString("Name", table.Definition.EntityName);
        xml.WriteStartElement("Key");
        WriteElement(xml, "PropertyRef", ("Name", table.IdField.Name));
        xml.WriteEndElement();
        foreach (var field in table.Fields)
        {
            WriteProperty(xml, table, field);
        }

        foreach (var navigation in table.Definition.Navigations)
        {
            WriteNavigation(
                xml, navigation.Name, tables.Single(target => target.Name == navigation.Target),
                navigation.IsCollection, false);
        }

        if (table.Name == PageNames.Companies)
        {
            foreach (var set in tables.Where(set => set != table))
            {
                WriteNavigation(xml, set.Set, set, isCollection: true, isContained: true);
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteProperty(XmlWriter xml, PageSchema table, BusinessCentralField field)
    {
        xml.WriteStartElement("Property");
        xml.WriteAttributeString("Name", field.Name);
        xml.WriteAttributeString(
            "Type", field.Members.Count > 0 ? $"{Namespace}.{EnumName(table, field)}" : EdmTypes.Name(field));
        if (field == table.IdField)
        {
            xml.WriteAttributeString("Nullable", "false");
        }

        if (field.MaxLength is { } length)
        {
            xml.WriteAttributeString("MaxLength", length.ToString(CultureInfo.InvariantCulture));
        }

        if (field.Type == BusinessCentralFieldType.Decimal)
        {
            xml.WriteAttributeString("Scale", "Variable");
        }

        xml.WriteEndElement();
    }

    private static void WriteNavigation(
        XmlWriter xml, string name, PageSchema target, bool isCollection, bool isContained)
    {
        var type = $"{Namespace}.{target.Definition.EntityName}";
        xml.WriteStartElement("NavigationProperty");
        xml.WriteAttributeString("Name", name);
        xml.WriteAttributeString("Type", isCollection ? $"Collection({type})" : type);
        if (isContained)
        {
            xml.WriteAttributeString("ContainsTarget", "true");
        }

        xml.WriteEndElement();
    }

    private static void WriteEnum(XmlWriter xml, string name, BusinessCentralField field)
    {
        xml.WriteStartElement("EnumType");
        xml.WriteAttributeString("Name", name);
        for (var value = 0; value < field.Members.Count; value++)
        {
            WriteElement(
                xml, "Member", ("Name", field.Members[value]), ("Value", value.ToString(CultureInfo.InvariantCulture)));
        }

        xml.WriteEndElement();
    }

    private static void WriteContainer(XmlWriter xml, IEnumerable<PageSchema> tables)
    {
        xml.WriteStartElement("EntityContainer");
        xml.WriteAttributeString("Name", "NAV");
        foreach (var table in tables)
        {
            WriteElement(
                xml, "EntitySet", ("Name", table.Set), ("EntityType", $"{Namespace}.{table.Definition.EntityName}"));
        }

        xml.WriteEndElement();
    }

    private static void WriteElement(
        XmlWriter xml, string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(element);
        foreach (var (name, value) in attributes)
        {
            xml.WriteAttributeString(name, value);
        }

        xml.WriteEndElement();
    }

    private static string EnumName(PageSchema table, BusinessCentralField field) =>
        table.Definition.EntityName + char.ToUpperInvariant(field.Name[0]) + field.Name[1..];
}
