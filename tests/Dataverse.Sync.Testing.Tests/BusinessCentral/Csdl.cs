using System.Xml.Linq;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>Reads the metadata document as XML, where the tests need what an OData model does not tell.</summary>
internal static class Csdl
{
    public static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";

    public static async Task<XElement> SchemaAsync(BusinessCentralFixture bc) =>
        XDocument.Parse((await bc.SendRawAsync("GET", "$metadata", null)).Text).Descendants(Edm + "Schema").Single();

    public static XElement Named(XElement schema, string kind, string name) =>
        schema.Descendants(Edm + kind).Single(element => element.Attribute("Name")!.Value == name);

    public static XElement Property(XElement schema, string entity, string name) =>
        Named(Named(schema, "EntityType", entity), "Property", name);
}
