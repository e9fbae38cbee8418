using System.Xml;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Elements of the metadata document.</summary>
internal static class MetadataXml
{
    /// <summary>Writes an element without content.</summary>
    public static void WriteElement(
        this XmlWriter xml, string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        xml.WriteStart(element, attributes);
        xml.WriteEndElement();
    }

    /// <summary>Writes the start of an element. Attributes without a value are left out.</summary>
    public static void WriteStart(
        this XmlWriter xml, string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        xml.WriteStartElement(element);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                xml.WriteAttributeString(name, value);
            }
        }
    }

    /// <summary>Writes the start of an entity type with its key.</summary>
    public static void WriteEntityType(this XmlWriter xml, string name, string key)
    {
        xml.WriteStart("EntityType", ("Name", name));
        xml.WriteStartElement("Key");
        xml.WriteElement("PropertyRef", ("Name", key));
        xml.WriteEndElement();
    }
}
