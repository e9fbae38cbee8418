using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Metadata;

namespace Dataverse.Sync.OrganizationService;

/// <summary>
/// Reads the metadata of a table as one ExecuteMultiple, and once the caller's rights where columns are secured.
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
        var call = ServiceConnection.CallOf(MetadataRequests.WhoAmI(), "read the id of the organization");
        var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            { Answer: { } answer } => OrganizationId = CallerAnswer.Of(answer).Organization,
            { Failure.Failure: ConnectorFailure.Refused or ConnectorFailure.NotFound } => null,
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
        var items = await batches.ReadAsync(MetadataRequests.Of(table), operation, cancellationToken).ConfigureAwait(false);
        var caller = CallerAnswer.Of(items[MetadataRequests.Caller].Response);
        OrganizationId = caller.Organization ?? OrganizationId;
        var entity = await EntityOfAsync(table, items[MetadataRequests.Entity], operation, cancellationToken).ConfigureAwait(false);
        if (entity is null)
        {
            return null;
        }

        var model = Read(entity, table, items, operation);
        return model.Attributes.Any(attribute => attribute.IsSecured == true)
            ? model with { Rights = await rights.ReadAsync(table, caller.User, cancellationToken).ConfigureAwait(false) }
            : model;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeletionCascade>> ReadCascadesAsync(string table, CancellationToken cancellationToken)
    {
        if (!DefinedName.IsTable(table))
        {
            return [];
        }

        var operation = $"read the relationships of '{table}'";
        var request = MetadataRequests.EntityOf(table, EntityFilters.Relationships);
        var response = await service.ExecuteAsync(request, operation, cancellationToken).ConfigureAwait(false);
        var relationships = (response as RetrieveEntityResponse)?.EntityMetadata?.OneToManyRelationships
            ?? throw service.Malformed(operation, "A list of relationships is missing.");
        return
        [
            .. relationships.Where(found => found is { ReferencingEntity.Length: > 0, ReferencingAttribute.Length: > 0 }
                    && Members.Text(found.CascadeConfiguration, "Delete") == Cascades)
                .Select(found => new DeletionCascade(found.ReferencingEntity, found.ReferencingAttribute))
                .Distinct(),
        ];
    }

    // A service in between may leave a request for metadata unanswered within a batch; alone it tells why.
    private async Task<EntityMetadata?> EntityOfAsync(
        string table, BatchItem item, string operation, CancellationToken cancellationToken)
    {
        if (item.Fault is { } fault && ErrorCodes.IsMissing(Faults.CodeOf(fault)))
        {
            return null;
        }

        var response = item.Response;
        if (response is null)
        {
            var parts = EntityFilters.Entity | EntityFilters.Attributes | EntityFilters.Relationships;
            var call = ServiceConnection.CallOf(MetadataRequests.EntityOf(table, parts), operation);
            var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
            if (outcome.Failure is { Failure: ConnectorFailure.NotFound })
            {
                return null;
            }

            response = outcome.Require();
        }

        return (response as RetrieveEntityResponse)?.EntityMetadata
            ?? throw service.Malformed(operation, "The definition is missing.");
    }

    private EntityModel Read(EntityMetadata entity, string table, IReadOnlyList<BatchItem> items, string operation)
    {
        try
        {
            return Describe(entity, table, new SettingsAnswer(items));
        }
        catch (FormatException exception)
        {
            throw service.Malformed(operation, exception.Message);
        }
    }

    private EntityModel Describe(EntityMetadata entity, string table, SettingsAnswer settings)
    {
        if (entity.LogicalName != table || !DefinedName.IsOne(entity.PrimaryIdAttribute))
        {
            throw new FormatException("The table's name or key is missing or wrong.");
        }

        var columns = entity.Attributes ?? throw new FormatException("A list is missing.");
        var attributes = columns.Select(Attributes.Describe).ToList();
        return new EntityModel
        {
            Entity = new EntityDefinition(
                table,
                entity.EntitySetName ?? table,
                entity.PrimaryIdAttribute,
                entity.ChangeTrackingEnabled,
                entity.IsOptimisticConcurrencyEnabled),
            Attributes = attributes,
            Details = attributes.DistinctBy(attribute => attribute.LogicalName).ToDictionary(attribute => attribute.LogicalName!),
            Relationships = [.. columns.SelectMany(column => Attributes.RelationshipsOf(entity, column))],
            MultiSelectColumns = columns.OfType<MultiSelectPicklistAttributeMetadata>().Select(column => column.LogicalName).ToHashSet(),
            OffersCreateMultiple = settings.OffersCreateMultiple,
            Organization = settings.Organization,
            Currencies = settings.Currencies,
            MaskedColumns = settings.MaskedColumns,
            NameOrder = options.NameOrderOf(table, settings.Organization),
        };
    }
}
