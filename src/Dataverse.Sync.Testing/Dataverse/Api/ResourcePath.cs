using System.Buffers;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Parses the part of a URL after the service root with the OData library, and reads the addresses of rows from it.
/// </summary>
internal static class ResourcePath
{
    private static readonly SearchValues<char> UnsafeInKeys = SearchValues.Create("/<>*%&:\\?+");
    private static readonly Uri Base = new("http://service/");

    /// <exception cref="DataverseErrorException">
    /// The path names something that does not exist, or is malformed.
    /// </exception>
    public static ODataPathSegment[] Parse(DataverseSchema schema, string resource)
    {
        try
        {
            var parser = new ODataUriParser(schema.Model, Base, new Uri(Base, resource.TrimStart('/')))
            {
                Resolver = new AlternateKeysODataUriResolver(schema.Model) { EnableCaseInsensitive = false },
            };
            return [.. parser.ParsePath()];
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

    public static DataverseTableSchema Table(DataverseSchema schema, EntitySetSegment segment) =>
        schema.TryGetBySet(segment.EntitySet.Name, out var table)
            ? table
            : throw DataverseErrors.UnknownSegment(segment.EntitySet.Name);

    /// <exception cref="DataverseErrorException">The key is none of the table's.</exception>
    public static RowAddress Address(DataverseTableSchema table, KeySegment segment)
    {
        var keys = segment.Keys.ToDictionary(
            pair => pair.Key, pair => ScalarValues.FromLiteral(pair.Value), StringComparer.Ordinal);
        if (keys.Count == 1 && keys.Single() is { Value: Guid id } only
            && (only.Key == table.Key || table.Definition.IsPrincipal))
        {
            return new RowAddress(table, id, null, keys);
        }

        var values = keys.ToDictionary(
            pair => table.TryGetByProperty(pair.Key, out var column) ? column.Name : pair.Key, pair => pair.Value,
            StringComparer.Ordinal);
        var key = table.Definition.AlternateKeys.FirstOrDefault(
                candidate => values.Count == candidate.Columns.Count && candidate.Columns.All(values.ContainsKey))
            ?? throw new DataverseErrorException(
                400, "0x80060890",
                $"The key in the request URI is not valid for resource '{DataverseSchema.Namespace}.{table.LogicalName}'.");
        if (values.Values.OfType<string>().Any(text => text.AsSpan().ContainsAny(UnsafeInKeys)))
        {
            throw DataverseErrors.BadQuery("Bad Request - Error in query syntax.");
        }

        return new RowAddress(
            table, null, key,
            values.ToDictionary(pair => pair.Key, pair => Typed(table[pair.Key], pair.Value), StringComparer.Ordinal));
    }

    // A lookup in a key is written as the bare id of the row that it refers to.
    private static object? Typed(DataverseColumn column, object? value) =>
        column.IsLookup && value is Guid id ? new DataverseReference(column.Targets[0].Table, id) : value;
}
