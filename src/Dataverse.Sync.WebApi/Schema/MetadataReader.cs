using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>
/// Reads the metadata of a table as one <c>$batch</c>, and once the caller's rights where columns are secured.
/// </summary>
internal sealed class MetadataReader(
    ServiceConnection service, BatchSender batches, SchemaOptions options, ILogger logger) : IMetadataReader
{
    private const string Cascades = "Cascade";

    private readonly ColumnRightsReader rights = new(new ColumnRightsRequest(service, logger).SendAsync);

    /// <inheritdoc/>
    public Guid? OrganizationId { get; private set; }

    /// <inheritdoc/>
    public async Task<Guid?> ReadOrganizationAsync(CancellationToken cancellationToken)
    {
        const string Operation = "read the id of the organization";
        var call = HttpCall.Get(service.Addresses.Absolute(MetadataQueries.CallerFunction), Operation);
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            { Answer: { } answer } => OrganizationId = service
                .Guarded(Operation, () => Parse(answer.Body, MetadataJson.Default.CallerRow)).OrganizationId,
            { Failure.StatusCode: 404 } => null,
            _ => throw outcome.Failure!,
        };
    }

    /// <inheritdoc/>
    public async Task<EntityModel?> ReadAsync(string table, CancellationToken cancellationToken)
    {
        if (!DefinedName.IsTable(table))
        {
            return null;
        }

        var operation = $"read the definition of '{table}'";
        var requests = MetadataQueries.Of(table)
            .Select(query => new BatchRequest { Method = HttpMethod.Get, Address = service.Addresses.Absolute(query) })
            .ToList();
        using var outcome = await batches.ReadAsync(requests, operation, cancellationToken).ConfigureAwait(false);
        var model = service.Guarded(operation, () => Read(outcome.Responses!, table, operation));
        var caller = service.Guarded(operation, () => ParseCaller(outcome.Responses![MetadataQueries.Caller]));
        OrganizationId = caller?.OrganizationId ?? OrganizationId;
        if (model?.Attributes.Any(attribute => attribute.IsSecured == true) != true)
        {
            return model;
        }

        return model with
        {
            Rights = await rights.ReadAsync(table, caller?.UserId, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Reads the names that a reference to a table needs; null when there is no such table.</summary>
    public async Task<EntityDefinition?> ReadEntityAsync(string table, CancellationToken cancellationToken)
    {
        if (!DefinedName.IsTable(table))
        {
            return null;
        }

        var operation = $"read the definition of '{table}'";
        var address = MetadataQueries.EntityAddress(table) + MetadataQueries.EntityColumns;
        var call = HttpCall.Get(service.Addresses.Absolute(address), operation);
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            { Answer: { } answer } => service.Guarded(operation, () => ParseEntity(answer.Body, table)),
            { Failure.StatusCode: 404 } => null,
            _ => throw outcome.Failure!,
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeletionCascade>> ReadCascadesAsync(string table, CancellationToken cancellationToken)
    {
        if (!DefinedName.IsTable(table))
        {
            return [];
        }

        var operation = $"read the relationships of '{table}'";
        var call = HttpCall.Get(service.Addresses.Absolute(MetadataQueries.CascadesOf(table)), operation);
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        var answer = outcome.Answer ?? throw outcome.Failure!;
        var relationships = service.Guarded(
            operation, () => Parse(answer.Body, MetadataJson.Default.MetadataListCascadeDefinition).Items)
            ?? throw new ConnectorException(
                service.Name, ConnectorFailure.MalformedAnswer, $"{service.Name}: a list of relationships is missing.");
        return
        [
            .. relationships.Where(found => found is
                {
                    ReferencingEntity.Length: > 0,
                    ReferencingAttribute.Length: > 0,
                    CascadeConfiguration.Delete: Cascades,
                })
                .Select(found => new DeletionCascade(found!.ReferencingEntity!, found.ReferencingAttribute!)).Distinct(),
        ];
    }

    private EntityModel? Read(IReadOnlyList<BatchResponse> responses, string table, string operation)
    {
        if (responses[MetadataQueries.Entity].Status == 404)
        {
            return null;
        }

        var organization = ParseOptional(
            responses[MetadataQueries.Organization], MetadataJson.Default.MetadataListOrganizationRow, operation);
        var settings = organization.Count > 0 ? organization[0] : null;
        var multiSelect = ParseOptional(
            responses[MetadataQueries.MultiSelect], MetadataJson.Default.MetadataListAttributeDefinition, operation);
        return new EntityModel
        {
            Entity = ParseEntity(batches.BodyOf(responses[MetadataQueries.Entity], operation), table),
            Attributes = ParseAttributes(responses[MetadataQueries.Attributes], operation),
            Relationships = ParseList(
                responses[MetadataQueries.Relationships], MetadataJson.Default.MetadataListRelationshipDefinition, operation),
            OffersCreateMultiple = ParseMessage(responses[MetadataQueries.Message], operation),
            MultiSelectColumns = multiSelect.Select(attribute => attribute.LogicalName).OfType<string>().ToHashSet(),
            Details = ParseDetails(responses.Skip(MetadataQueries.FirstDetail), multiSelect, operation),
            Organization = settings,
            Currencies = ParseOptional(
                responses[MetadataQueries.Currencies], MetadataJson.Default.MetadataListCurrencyRow, operation),
            MaskedColumns = ParseMasks(responses[MetadataQueries.Masks], operation),
            NameOrder = options.NameOrderOf(table, settings),
        };
    }

    // An environment without the table has no masks. Rules that exist but may not be read are unknown.
    private HashSet<string>? ParseMasks(BatchResponse response, string operation) => response switch
    {
        { IsSuccess: true } => ParseList(response, MetadataJson.Default.MetadataListMaskRow, operation)
            .Select(rule => rule.Column).OfType<string>().ToHashSet(StringComparer.Ordinal),
        { Status: 404 } => [],
        _ => null,
    };

    private static CallerRow? ParseCaller(BatchResponse response) =>
        response.IsSuccess ? Parse(response.Body, MetadataJson.Default.CallerRow) : null;

    private IReadOnlyList<T> ParseOptional<T>(BatchResponse response, JsonTypeInfo<MetadataList<T>> type, string operation)
        where T : class => response.IsSuccess ? ParseList(response, type, operation) : [];

    // Without the privilege to ask, the message is tried, and the service's refusal tells.
    private bool ParseMessage(BatchResponse response, string operation) =>
        !response.IsSuccess || ParseList(response, MetadataJson.Default.MetadataListMessageFilterRow, operation).Count > 0;

    private Dictionary<string, AttributeDefinition> ParseDetails(
        IEnumerable<BatchResponse> responses, IEnumerable<AttributeDefinition> others, string operation) => responses
        .SelectMany(response => ParseList(response, MetadataJson.Default.MetadataListAttributeDefinition, operation))
        .Concat(others)
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
