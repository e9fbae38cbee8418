using System.Text.Json.Nodes;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Follows the path of a URL through the definitions. The context of an answer names the keys of the steps on the way, and
/// not that of the last one.
/// </summary>
internal sealed class MetadataPath
{
    private string way = "";
    private string step;
    private string key = "";

    private MetadataPath(string set, IReadOnlyList<MetadataNode> nodes, IEdmEntityType type) =>
        (step, Set, Found, Type) = (set, set, nodes, type);

    /// <summary>The entity set with which the path begins.</summary>
    public string Set { get; }

    public IReadOnlyList<MetadataNode> Found { get; private set; }

    public IEdmEntityType Type { get; private set; }

    /// <summary>Whether the path leads to one object, which need not exist.</summary>
    public bool IsSingle { get; private set; }

    /// <summary>Whether the last step is a property that leads to another object or to nothing.</summary>
    public bool MayBeAbsent { get; private set; }

    /// <summary>The path of a property inside of the object; null if the path ends with objects.</summary>
    public string? Property { get; private set; }

    public string Context => way + step;

    /// <exception cref="DataverseErrorException">The path leads nowhere, or is malformed.</exception>
    public static MetadataPath Follow(DataverseSchema schema, string resource)
    {
        var segments = Parse(resource);
        if (segments.FirstSegment is not EntitySetSegment set)
        {
            throw DataverseErrors.UnknownSegment(resource);
        }

        var path = new MetadataPath(
            set.EntitySet.Name, MetadataSets.Of(schema, set.EntitySet.Name), set.EntitySet.EntityType);
        foreach (var segment in segments.Skip(1))
        {
            path.Step(segment);
        }

        return path;
    }

    /// <summary>The value of the property.</summary>
    public object? Value()
    {
        var names = Property!.Split('/');
        var value = Found[0].Values.GetValueOrDefault(names[0]);
        return names is [_, var member] ? (value as JsonObject)?[member] : value;
    }

    private static ODataPath Parse(string resource)
    {
        try
        {
            var root = new Uri("http://service/");
            var parser = new ODataUriParser(MetadataShapes.Model, root, new Uri(root, resource))
            {
                Resolver = new AlternateKeysODataUriResolver(MetadataShapes.Model) { EnableCaseInsensitive = false },
            };
            return parser.ParsePath();
        }
        catch (ODataUnrecognizedPathException exception)
        {
            throw new DataverseErrorException(404, "0x8006088a", exception.Message);
        }
        catch (Exception exception) when (exception is ODataException or UriFormatException)
        {
            throw DataverseErrors.BadQuery(exception.Message);
        }
    }

    private void Step(ODataPathSegment segment)
    {
        switch (segment)
        {
            case KeySegment keys when Property is null:
                Found = [.. Found.Where(
                    node => keys.Keys.All(pair => Equals(node.Values.GetValueOrDefault(pair.Key), pair.Value)))];
                (IsSingle, MayBeAbsent, key) = (true, false, $"({KeyText(keys.Keys.Single().Value)})");
                break;
            case TypeSegment cast when Property is null && cast.EdmType.AsElementType() is IEdmEntityType wanted:
                Found = [.. Found.Where(node => node.Type == wanted.Name)];
                Type = wanted;
                step += $"/{DataverseSchema.Namespace}.{wanted.Name}";
                break;
            case NavigationPropertySegment navigation when Property is null:
                Leave(navigation.NavigationProperty.Name);
                Navigate(navigation.NavigationProperty);
                break;
            case PropertySegment property when IsSingle:
                Leave(property.Property.Name);
                Property = Property is null ? property.Property.Name : $"{Property}/{property.Property.Name}";
                break;
            default:
                throw DataverseErrors.BadQuery("The URL is not supported.");
        }
    }

    private void Leave(string next)
    {
        var cast = step.IndexOf('/', StringComparison.Ordinal);
        way += cast < 0 ? $"{step}{key}/" : $"{step[..cast]}{key}{step[cast..]}/";
        (step, key) = (next, "");
    }

    private void Navigate(IEdmNavigationProperty navigation)
    {
        RequireExisting();
        IsSingle = navigation.TargetMultiplicity() is not EdmMultiplicity.Many;
        MayBeAbsent = IsSingle;
        Found = [.. Found.SelectMany(node => IsSingle
            ? node.Singles.TryGetValue(navigation.Name, out var single) ? [single] : []
            : node.Collections.GetValueOrDefault(navigation.Name) ?? [])];
        Type = navigation.ToEntityType();
    }

    /// <exception cref="DataverseErrorException">The path leads to an object that does not exist.</exception>
    public void RequireExisting()
    {
        if (IsSingle && Found.Count == 0 && !MayBeAbsent)
        {
            throw new DataverseErrorException(
                404, DataverseErrors.ObjectDoesNotExist, "Could not find an object with the specified name.");
        }
    }

    private static string KeyText(object value) => value is string text
        ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
        : $"{value}";
}
