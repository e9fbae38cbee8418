using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads all that is wanted of a table as one <c>$batch</c>.</summary>
internal sealed class MetadataReader(WebApiClient client, WebApiOptions options)
{
    private const string Cast = "/Attributes/Microsoft.Dynamics.CRM.";
    private const string ChoiceQuery = "AttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet";
    private const string EntityQuery = "?$select=LogicalName,EntitySetName,PrimaryIdAttribute,ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled";
    private const string AttributeQuery = "/Attributes?$select=LogicalName,AttributeType,AttributeOf,IsValidForCreate,IsValidForUpdate,IsValidForRead,RequiredLevel";
    private const string MessageQuery = "sdkmessagefilters?$select=sdkmessagefilterid&$filter=";
    private const string RelationshipQuery = "/ManyToOneRelationships?$select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName";

    // The places of the answers, which come in the order of the queries.
    private const int EntityAnswer = 0;
    private const int AttributesAnswer = 1;
    private const int RelationshipsAnswer = 2;
    private const int MessageAnswer = 3;
    private const int MultiSelectAnswer = 4;
    private const int FirstDetailAnswer = 5;

    private static readonly string[] DetailQueries =
    [
        Cast + "StringAttributeMetadata?$select=LogicalName,MaxLength",
        Cast + "MemoAttributeMetadata?$select=LogicalName,MaxLength",
        Cast + "DateTimeAttributeMetadata?$select=LogicalName,Format,DateTimeBehavior",
        Cast + "Picklist" + ChoiceQuery,
        Cast + "State" + ChoiceQuery,
        Cast + "Status" + ChoiceQuery,
    ];

    /// <summary>Reads a table; null when the service has none of that name.</summary>
    public async Task<TableMetadata?> ReadAsync(string table, CancellationToken cancellationToken)
    {
        if (!IsName(table))
        {
            return null;
        }

        var root = EntityAddress(table);
        var splitsNames = options.WritableFullNames.Contains(table);
        string[] queries =
        [
            root + EntityQuery,
            root + AttributeQuery,
            root + RelationshipQuery,
            MessageQuery + ODataLiteral.Encode($"sdkmessageid/name eq 'CreateMultiple' and primaryobjecttypecode eq '{table}'"),
            root + Cast + "MultiSelectPicklistAttributeMetadata?$select=LogicalName",
            .. DetailQueries.Select(query => root + query),
            .. splitsNames && options.FullNameConvention is null ? ["organizations?$select=fullnameconventioncode"] : Array.Empty<string>(),
        ];
        var operation = $"read the definition of '{table}'";
        var parts = queries.Select(query => new BatchPart { Method = HttpMethod.Get, Address = client.Address(query) }).ToList();
        using var outcome = await client.ReadBatchAsync(parts, operation, cancellationToken).ConfigureAwait(false);
        return client.Guarded(operation, () => Read(outcome.Answers!, table, splitsNames, operation));
    }

    /// <summary>Reads the little that a lookup's target needs; null when there is no such table.</summary>
    public async Task<EntityDefinition?> ReadEntityAsync(string table, CancellationToken cancellationToken)
    {
        if (!IsName(table))
        {
            return null;
        }

        var operation = $"read the definition of '{table}'";
        var call = HttpCall.Get(client.Address(EntityAddress(table) + EntityQuery), operation);
        using var outcome = await client.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            { Answer: { } answer } => client.Guarded(operation, () => ParseEntity(answer.Body, table)),
            { Failure.StatusCode: 404 } => null,
            _ => throw outcome.Failure!,
        };
    }

    private static string EntityAddress(string table) => $"EntityDefinitions(LogicalName='{table}')";

    private static bool IsName(string table) =>
        table.Length is > 0 and <= 128 && table.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');

    private TableMetadata? Read(IReadOnlyList<BatchAnswer> answers, string table, bool splitsNames, string operation)
    {
        if (answers[EntityAnswer].Status == 404)
        {
            return null;
        }

        var details = answers.Skip(FirstDetailAnswer).Take(DetailQueries.Length)
            .SelectMany(answer => ParseList(answer, MetadataJson.Default.MetadataListAttributeDefinition, operation));
        var definition = new TableDefinition
        {
            Entity = ParseEntity(Succeeded(answers[EntityAnswer], operation), table),
            Attributes = ParseAttributes(answers[AttributesAnswer], operation),
            Relationships = ParseList(answers[RelationshipsAnswer], MetadataJson.Default.MetadataListRelationshipDefinition, operation),

            // Without the privilege to ask, the message is tried; the service's refusal then tells.
            OffersCreateMultiple = !answers[MessageAnswer].IsSuccess
                || ParseList(answers[MessageAnswer], MetadataJson.Default.MetadataListMessageFilterRow, operation).Count > 0,
            MultiSelectColumns = ParseOptional(answers[MultiSelectAnswer], operation).Select(attribute => attribute.LogicalName).OfType<string>().ToHashSet(),
            Details = details.Where(attribute => attribute.LogicalName is not null)
                .DistinctBy(attribute => attribute.LogicalName).ToDictionary(attribute => attribute.LogicalName!),
            FullNameConvention = splitsNames ? options.FullNameConvention ?? ReadConvention(answers[^1], operation) : null,
        };
        var builder = new TableMetadataBuilder(options, definition);
        return builder.Build(definition.Entity.EntitySetName!, definition.Entity.PrimaryIdAttribute!);
    }

    // Nobody's name is split by a guess: where the setting cannot be read, only what comes back under either convention is written.
    private FullNameConvention? ReadConvention(BatchAnswer answer, string operation)
    {
        var rows = answer.IsSuccess ? ParseList(answer, MetadataJson.Default.MetadataListOrganizationRow, operation) : [];
        return (rows.Count > 0 ? rows[0].FullNameConventionCode : null) switch
        {
            null or (int)FullNameConvention.FirstLast => FullNameConvention.FirstLast,
            (int)FullNameConvention.FirstMiddleLast => FullNameConvention.FirstMiddleLast,
            _ => null,
        };
    }

    // A column that cannot be told would be missing from the table without a word.
    private IReadOnlyList<AttributeDefinition> ParseAttributes(BatchAnswer answer, string operation)
    {
        var attributes = ParseList(answer, MetadataJson.Default.MetadataListAttributeDefinition, operation);
        return attributes.All(attribute => attribute is { LogicalName.Length: > 0, AttributeType.Length: > 0 })
            ? attributes
            : throw new FormatException("A column has no name or no type.");
    }

    private IReadOnlyList<AttributeDefinition> ParseOptional(BatchAnswer answer, string operation) =>
        answer.IsSuccess ? ParseList(answer, MetadataJson.Default.MetadataListAttributeDefinition, operation) : [];

    private IReadOnlyList<T> ParseList<T>(BatchAnswer answer, JsonTypeInfo<MetadataList<T>> type, string operation)
        where T : class
    {
        var items = Parse(Succeeded(answer, operation), type).Items ?? throw new FormatException("A list is missing.");
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

    private ReadOnlyMemory<byte> Succeeded(BatchAnswer answer, string operation) =>
        answer.IsSuccess ? answer.Body : throw client.Failed(answer, operation);
}
