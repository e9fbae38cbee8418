using System.Globalization;
using System.Xml;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The CSDL of a route: namespace <c>Microsoft.NAV</c>, each company containing every set.</summary>
internal static class MetadataDocument
{
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
        xml.WriteStartElement("edmx", "Edmx", Edmx);
        xml.WriteAttributeString("Version", "4.0");
        xml.WriteStartElement("DataServices", Edmx);
        xml.WriteStartElement("Schema", Edm);
        xml.WriteAttributeString("Namespace", EdmTypes.Namespace);
        MetadataPlatform.WriteDefinitions(xml);
        foreach (var shape in route.Enums)
        {
            WriteEnum(xml, shape);
        }

        foreach (var table in route.Sets)
        {
            MetadataEntity.Write(xml, table, route);
        }

        MetadataPlatform.WriteSubscriptions(xml);
        MetadataContainer.Write(xml, route);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteEnum(XmlWriter xml, EnumShape shape)
    {
        xml.WriteStartElement("EnumType");
        xml.WriteAttributeString("Name", shape.Name);
        for (var position = 0; position < shape.Members.Count; position++)
        {
            var value = shape.Values?[position] ?? position;
            xml.WriteElement(
                "Member", ("Name", shape.Members[position]), ("Value", value.ToString(CultureInfo.InvariantCulture)));
        }

        xml.WriteEndElement();
    }
}
