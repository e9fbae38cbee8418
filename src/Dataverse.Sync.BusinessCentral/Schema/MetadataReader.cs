using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads an OData metadata document (CSDL in XML).</summary>
internal static class MetadataReader
{
    private static readonly Dictionary<string, FieldType> EdmTypes = new(StringComparer.Ordinal)
    {
        ["Edm.String"] = FieldType.Text,
        ["Edm.Boolean"] = FieldType.Boolean,
        ["Edm.Byte"] = FieldType.Integer,
        ["Edm.SByte"] = FieldType.Integer,
        ["Edm.Int16"] = FieldType.Integer,
        ["Edm.Int32"] = FieldType.Integer,
        ["Edm.Int64"] = FieldType.Integer,
        ["Edm.Decimal"] = FieldType.Decimal,
        ["Edm.Double"] = FieldType.Decimal,
        ["Edm.Single"] = FieldType.Decimal,
        ["Edm.Guid"] = FieldType.Identifier,
        ["Edm.Date"] = FieldType.Date,
        ["Edm.DateTimeOffset"] = FieldType.DateTime,
        ["Edm.Duration"] = FieldType.Duration,
        ["Edm.TimeOfDay"] = FieldType.Time,
    };

    // The whole document of API v2.0 has some two million; a tree of a document takes many times its memory.
    private const long MaxCharacters = 32 * 1024 * 1024;

    /// <summary>Reads the document.</summary>
    /// <exception cref="XmlException">It is no such document.</exception>
    public static EntityModel Read(ReadOnlyMemory<byte> body)
    {
        using var stream = new MemoryStream(body.ToArray(), writable: false);
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
        };
        using var reader = XmlReader.Create(stream, settings);
        var schemas = XDocument.Load(reader).Descendants().Where(element => element.Name.LocalName == "Schema").ToList();
        var enums = Declarations(schemas, "EnumType");
        var types = Declarations(schemas, "EntityType");
        var sets = schemas
            .SelectMany(schema => Children(schema, "EntityContainer"))
            .SelectMany(container => Children(container, "EntitySet"))
            .Select(set => (Attribute(set, "Name"), Attribute(set, "EntityType")));
        var children = types.Values
            .SelectMany(type => Children(type, "NavigationProperty"))
            .Select(property => (Attribute(property, "Name"), ElementType(Attribute(property, "Type"))));
        var model = new EntityModel(ReadSets(sets, types, enums), ReadSets(children, types, enums));
        return model.Sets.Count > 0 ? model : throw new XmlException("The document declares no entity set.");
    }

    private static Dictionary<string, EntityModel.Set> ReadSets(
        IEnumerable<(string Name, string Type)> declared, Dictionary<string, XElement> types, Dictionary<string, XElement> enums)
    {
        var sets = new Dictionary<string, EntityModel.Set>(StringComparer.Ordinal);
        foreach (var (name, typeName) in declared)
        {
            if (types.TryGetValue(typeName, out var type) && !sets.ContainsKey(name))
            {
                sets.Add(name, ReadSet(type, enums));
            }
        }

        return sets;
    }

    private static string ElementType(string type)
    {
        const string Collection = "Collection(";
        return type.StartsWith(Collection, StringComparison.Ordinal) && type.EndsWith(')')
            ? type[Collection.Length..^1]
            : type;
    }

    private static Dictionary<string, XElement> Declarations(List<XElement> schemas, string kind)
    {
        var found = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var schema in schemas)
        {
            foreach (var declaration in Children(schema, kind))
            {
                var name = Attribute(declaration, "Name");
                found[$"{Attribute(schema, "Namespace")}.{name}"] = declaration;
                if (schema.Attribute("Alias")?.Value is { Length: > 0 } alias)
                {
                    found[$"{alias}.{name}"] = declaration;
                }
            }
        }

        return found;
    }

    private static EntityModel.Set ReadSet(XElement type, Dictionary<string, XElement> enums)
    {
        var keys = Children(type, "Key").SelectMany(key => Children(key, "PropertyRef")).Select(key => Attribute(key, "Name")).ToList();
        var unsupported = Children(type, "NavigationProperty")
            .Select(property => UnsupportedProperties.DescribeNavigation(Attribute(property, "Name")))
            .ToList();
        var properties = new List<EntityModel.Property>();
        foreach (var declared in Children(type, "Property"))
        {
            if (ReadProperty(declared, enums) is { } property)
            {
                properties.Add(property);
            }
            else
            {
                unsupported.Add(UnsupportedProperties.Describe(Attribute(declared, "Name"), Attribute(declared, "Type")));
            }
        }

        return new EntityModel.Set(
            keys is [var single] ? single : null, [.. properties.DistinctBy(property => property.Name)], unsupported);
    }

    // Streams, complex values, and collections are no fields.
    private static EntityModel.Property? ReadProperty(XElement property, Dictionary<string, XElement> enums)
    {
        var name = Attribute(property, "Name");
        var type = Attribute(property, "Type");
        if (enums.TryGetValue(type, out var members))
        {
            var names = Children(members, "Member").Select(member => EnumName.Decode(Attribute(member, "Name")));
            var texts = names.Where(member => !member.IsBlank).Select(member => member.AsText());
            return new EntityModel.Property(name, FieldType.Choice, null, [.. texts]);
        }

        return EdmTypes.TryGetValue(type, out var fieldType)
            ? new EntityModel.Property(name, fieldType, fieldType == FieldType.Text ? MaxLength(property) : null, [])
            : null;
    }

    private static int? MaxLength(XElement property) =>
        int.TryParse(property.Attribute("MaxLength")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > 0
            ? length
            : null;

    private static IEnumerable<XElement> Children(XElement parent, string name) =>
        parent.Elements().Where(child => child.Name.LocalName == name);

    private static string Attribute(XElement element, string name) =>
        element.Attribute(name)?.Value ?? throw new XmlException($"An element {element.Name.LocalName} lacks its {name}.");
}
