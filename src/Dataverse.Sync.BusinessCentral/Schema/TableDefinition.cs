using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>A table as the connector uses it: its schema, its place on the wire, and how its fields are read.</summary>
internal sealed class TableDefinition
{
    private readonly Dictionary<string, FieldReader> readers;

    public TableDefinition(TableSchema schema)
    {
        Schema = schema;
        readers = schema.Fields.ToDictionary(field => field.Name, field => FieldReaders.Of(field.Type), StringComparer.Ordinal);
    }

    public TableSchema Schema { get; }

    public string Name => Schema.Name;

    /// <summary>The root of the API that has the table, without a slash at the end.</summary>
    public required string ApiRoot { get; init; }

    public required string EntitySet { get; init; }

    /// <summary>The stamp of the last change; null where the table has none.</summary>
    public string? ModifiedOnField { get; init; }

    /// <summary>The entity sets under which this one exists; empty for a set of its own.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    public string? ParentField { get; init; }

    /// <summary>
    /// The fields that the service computes or compares in its own way, so that it cannot filter by them.
    /// </summary>
    public required IReadOnlySet<string> Unfilterable { get; init; }

    public bool IsNested => Parents.Count > 0;

    /// <summary>The shape of records with certain fields, which come in the order asked for.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="withStamp">Whether the records tell when they were last changed.</param>
    /// <exception cref="ConnectorException">The table lacks a field.</exception>
    public RecordShape Shape(IEnumerable<string> fields, bool withStamp = true)
    {
        var layout = new RecordLayout(Name, fields.Distinct(StringComparer.Ordinal));
        var properties = new List<RecordProperty> { new("@odata.etag", JsonFields.Text, role: RecordRole.Version) };
        foreach (var field in Schema.Fields)
        {
            var ordinal = layout.IndexOf(field.Name);
            var role = RoleOf(field.Name, withStamp);
            if (ordinal >= 0 || role != RecordRole.None)
            {
                properties.Add(new RecordProperty(field.Name, readers[field.Name], ordinal, role));
            }
        }

        foreach (var field in layout.Fields.Where(field => Schema.Find(field) is null))
        {
            throw new ConnectorException(
                ServiceConnection.SystemName,
                ConnectorFailure.Refused,
                $"Business Central: table '{Name}' has no field '{field}'.")
            {
                ContradictsSchema = true,
            };
        }

        return new RecordShape(layout, properties) { KeepsUnreadableValues = true };
    }

    /// <summary>The properties that a read of a shape must select; annotations come without being asked for.</summary>
    public static string Select(RecordShape shape) =>
        string.Join(',', shape.PropertyNames.Where(property => property[0] != '@'));

    private RecordRole RoleOf(string field, bool withStamp)
    {
        if (field == Schema.KeyField)
        {
            return RecordRole.Id;
        }

        return withStamp && field == ModifiedOnField ? RecordRole.ModifiedOn : RecordRole.None;
    }
}
