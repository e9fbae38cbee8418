using System.Xml.Linq;
using Microsoft.OData.Edm.Csdl;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes the CSDL document, with annotations if the client asks for them by an option or a preference.</summary>
internal static class CsdlDocument
{
    private const string ChangeTracking = "Org.OData.Capabilities.V1.ChangeTracking";

    public static EmulatorResponse Write(ApiRequest request)
    {
        var schema = request.Store.Schema;
        var document = new XDocument();
        using (var xml = document.CreateWriter())
        {
            if (!CsdlWriter.TryWriteCsdl(schema.Model, xml, CsdlTarget.OData, out var errors))
            {
                throw new InvalidOperationException(
                    "The model cannot be written: " + string.Join("; ", errors.Select(error => error.ErrorMessage)));
            }
        }

        var isOption = request.Options.TryGetValue("annotations", out var wanted) && wanted == "true";
        if (isOption || request.Prefer.Annotations?.Includes(ChangeTracking) == true)
        {
            Annotate(document, schema);
        }

        return DataverseResponses.Text(
            "application/xml", $"<?xml version=\"1.0\" encoding=\"utf-8\"?>{document.ToString(SaveOptions.DisableFormatting)}");
    }

    private static void Annotate(XDocument document, DataverseSchema schema)
    {
        foreach (var set in document.Descendants().Where(element => element.Name.LocalName == "EntitySet").ToList())
        {
            if (schema.TryGetBySet((string?)set.Attribute("Name") ?? "", out var table) && table.Definition.ChangeTracking)
            {
                XElement Element(string name, params object[] content) => new(set.Name.Namespace + name, content);
                set.Add(Element(
                    "Annotation", new XAttribute("Term", ChangeTracking),
                    Element("Record", Element(
                        "PropertyValue", new XAttribute("Property", "Supported"), new XAttribute("Bool", "true")))));
            }
        }
    }
}
