using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads the metadata of a table as one <c>$batch</c>.</summary>
internal sealed class MetadataReader(ServiceConnection service, BatchSender batches, WebApiOptions options)
{
    private const string Cast = "/Attributes/Microsoft.Dynamics.CRM.";
    private const string ChoiceQuery = "AttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet";
    private const string EntityQuery =
        "?$select=LogicalName,EntitySetName,PrimaryIdAttribute,ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled";

    private const string AttributeQuery =
        "/Attributes?$select=LogicalName,AttributeType,AttributeOf,IsValidForCreate,IsValidForUpdate,IsValidForRead,RequiredLevel";

    private const string MessageQuery = "sdkmessagefilters?$select=sdkmessagefilterid&$filter=";
    private const string RelationshipQuery =
        "/ManyToOneRelationships?$select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName";

    // The indexes of the responses, which are in the order of the queries.
    private const int EntityResponse = 0;
    private const int AttributesResponse = 1;
    private const int RelationshipsResponse = 2;
    private const int MessageResponse = 3;
    private const int MultiSelectResponse = 4;
    private const int FirstDetailResponse = 5;

    private static readonly string[] DetailQueries =
    [
        Cast + "StringAttributeMetadata?$select=LogicalName,MaxLength",
        Cast + "MemoAttributeMetadata?$select=LogicalName,MaxLength",
        Cast + "DateTimeAttributeMetadata?$select=LogicalName,Format,DateTimeBehavior",
        Cast + "Picklist" + ChoiceQuery,
        Cast + "State" + ChoiceQuery,
        Cast + "Status" + ChoiceQuery,
    ];

    /// <summary>Reads a table; null when the service has no table of that name.</summary>
    public async Task<EntityModel?> ReadAsync(string table, CancellationToken cancellationToken)
    {
        if (!IsName(table))
        {
            return null;
        }

        var splitsNames = options.WritableFullNames.Contains(table);
        var operation = $"read the definition of '{table}'";
        var requests = Queries(table, readsConvention: splitsNames && options.FullNameConvention is null)
            .Select(query => new BatchRequest { Method = HttpMethod.Get, Address = service.Addresses.Absolute(query) })
            .ToList();
        using var outcome = await batches.ReadAsync(requests, operation, cancellationToken).ConfigureAwait(false);
        return service.Guarded(operation, () => Read(outcome.Responses!, table, splitsNames, operation));
    }

    /// <summary>Reads the names that a reference to a table needs; null when there is no such table.</summary>
    public async Task<EntityDefinition?> ReadEntityAsync(string table, CancellationToken cancellationToken)
    {
        if (!IsName(table))
        {
            return null;
        }

        var operation = $"read the definition of '{table}'";
        var call = HttpCall.Get(service.Addresses.Absolute(EntityAddress(table) + EntityQuery), operation);
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            { Answer: { } answer } => service.Guarded(operation, () => ParseEntity(answer.Body, table)),
            { Failure.StatusCode: 404 } => null,
            _ => throw outcome.Failure!,
        };
    }

    private static string EntityAddress(string table) => $"EntityDefinitions(LogicalName='{table}')";

    private static bool IsName(string table) =>
        table.Length is > 0 and <= 128
        && table.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');

    private static string[] Queries(string table, bool readsConvention)
    {
        var root = EntityAddress(table);
        return
        [
            root + EntityQuery,
            root + AttributeQuery,
            root + RelationshipQuery,
            MessageQuery + ODataLiteral.Encode($"sdkmessageid/name eq 'CreateMultiple' and primaryobjecttypecode eq '{table}'"),
            root + Cast + "MultiSelectPicklistAttributeMetadata?$select=LogicalName",
            .. DetailQueries.Select(query => root + query),
            .. readsConvention ? ["organizations?$select=fullnameconventioncode"] : Array.Empty<string>(),
        ];
    }

    private EntityModel? Read(IReadOnlyList<BatchResponse> responses, string table, bool splitsNames, string operation)
    {
        if (responses[EntityResponse].Status == 404)
        {
            return null;
        }

        return new EntityModel
        {
            Entity = ParseEntity(batches.BodyOf(responses[EntityResponse], operation), table),
            Attributes = ParseAttributes(responses[AttributesResponse], operation),
            Relationships = ParseList(responses[RelationshipsResponse], MetadataJson.Default.MetadataListRelationshipDefinition, operation),
            OffersCreateMultiple = ParseMessage(responses[MessageResponse], operation),
            MultiSelectColumns = ParseMultiSelect(responses[MultiSelectResponse], operation),
            Details = ParseDetails(responses.Skip(FirstDetailResponse).Take(DetailQueries.Length), operation),
            FullNameConvention = splitsNames ? options.FullNameConvention ?? ParseConvention(responses[^1], operation) : null,
        };
    }

    // Names are not split by a guess: where the setting cannot be read, the middle name stays empty, which both
    // conventions join alike.
    private FullNameConvention? ParseConvention(BatchResponse response, string operation)
    {
        var rows = response.IsSuccess
            ? ParseList(response, MetadataJson.Default.MetadataListOrganizationRow, operation)
            : [];
        return (rows.Count > 0 ? rows[0].FullNameConventionCode : null) switch
        {
            null or (int)FullNameConvention.FirstLast => FullNameConvention.FirstLast,
            (int)FullNameConvention.FirstMiddleLast => FullNameConvention.FirstMiddleLast,
            _ => null,
        };
    }

    // Without the privilege to ask, the message is tried, and the service's refusal tells.
    private bool ParseMessage(BatchResponse response, string operation) =>
        !response.IsSuccess || ParseList(response, MetadataJson.Default.MetadataListMessageFilterRow, operation).Count > 0;

    private HashSet<string> ParseMultiSelect(BatchResponse response, string operation)
    {
        var attributes = response.IsSuccess
            ? ParseList(response, MetadataJson.Default.MetadataListAttributeDefinition, operation)
            : [];
        return attributes.Select(attribute => attribute.LogicalName).OfType<string>().ToHashSet();
    }

    private Dictionary<string, AttributeDefinition> ParseDetails(IEnumerable<BatchResponse> responses, string operation) => responses
        .SelectMany(response => ParseList(response, MetadataJson.Default.MetadataListAttributeDefinition, operation))
        .Where(attribute => attribute.LogicalName is not null)
        .DistinctBy(attribute => attribute.LogicalName)
        .ToDictionary(attribute => attribute.LogicalName!);

    // A column without a name or type would silently be missing from the table.
    private IReadOnlyList<AttributeDefinition> ParseAttributes(BatchResponse response, string operation)
    {
        var attributes = ParseList(response, MetadataJson.Default.MetadataListAttributeDefinition, operation);
        return attributes.All(attribute => attribute is { LogicalName.Length: > 0, AttributeType.Length: > 0 })
            ? attributes
            : throw new FormatException("A column has no name or no type.");
    }

    private IReadOnlyList<T> ParseList<T>(BatchResponse response, JsonTypeInfo<MetadataList<T>> type, string operation)
        where T : class
    {
        var items = Parse(batches.BodyOf(response, operation), type).Items ?? throw new FormatException("A list is missing.");
        return items.All(item => item is not null) ? items : throw new FormatException("A list has an empty place.");
    }

    // The names become parts of addresses and of payloads.
    private static EntityDefinition ParseEntity(ReadOnlyMemory<byte> body, string table)
    {
        var entity = Parse(body, MetadataJson.Default.EntityDefinition);
        return entity.LogicalName == table && DefinedName.IsOne(entity.EntitySetName) && DefinedName.IsOne(entity.PrimaryIdAttribute)
            ? entity
            : throw new FormatException("The table's name, set, or key is missing or wrong.");
    }

    private static T Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class =>
        JsonSerializer.Deserialize(body.Span, type) ?? throw new FormatException("The definition is null.");
}
