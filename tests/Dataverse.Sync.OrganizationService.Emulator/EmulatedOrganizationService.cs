using System.ServiceModel;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.PowerPlatform.Dataverse.Client;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>
/// The organization service of a <see cref="DataverseEmulator"/>: the same rows, rules, limits, log, and faults as over
/// its Web API. Safe for concurrent use.
/// </summary>
/// <remarks>
/// In the log and for faults, a call is a POST to <c>/XRMServices/2011/Organization.svc/web/{message}</c> whose body is a
/// text with the names and values of the request.
/// </remarks>
public sealed class EmulatedOrganizationService : IOrganizationServiceAsync2
{
    private readonly DataverseEmulator emulator;
    private readonly EmulatedServiceOptions options;
    private readonly RequestPipeline pipeline;

    /// <summary>Creates the service of an organization.</summary>
    /// <param name="emulator">The organization.</param>
    /// <param name="options">The behavior; <see langword="null"/> (default) for the default values.</param>
    public EmulatedOrganizationService(DataverseEmulator emulator, EmulatedServiceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        this.emulator = emulator;
        this.options = options ?? new EmulatedServiceOptions();
        var wire = new OrganizationWire(emulator.Backend, this.options);
        pipeline = new RequestPipeline(wire, emulator.Requests, emulator.Faults, emulator.Backend.Options.TimeProvider);
    }

    /// <inheritdoc/>
    public async Task<OrganizationResponse> ExecuteAsync(OrganizationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        for (var attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // Not the caller's token: the service completes a request even if the client has stopped waiting.
                return await SendAsync(request).WaitAsync(cancellationToken);
            }
            catch (FaultException<OrganizationServiceFault> fault)
                when (attempt < options.MaxRetryCount && ServiceFaults.IsThrottled(fault.Detail))
            {
                var pause = ServiceFaults.RetryAfterOf(fault.Detail) ?? options.RetryPauseTime;
                await Task.Delay(pause, emulator.Backend.Options.TimeProvider, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<Guid> CreateAsync(Entity entity, CancellationToken cancellationToken) =>
        ((CreateResponse)await ExecuteAsync(new CreateRequest { Target = entity }, cancellationToken)).id;

    /// <inheritdoc/>
    public async Task<Entity> CreateAndReturnAsync(Entity entity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var id = await CreateAsync(entity, cancellationToken);
        return await RetrieveAsync(entity.LogicalName, id, new ColumnSet(true), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Entity> RetrieveAsync(
        string entityName, Guid id, ColumnSet columnSet, CancellationToken cancellationToken)
    {
        var request = new RetrieveRequest { Target = new EntityReference(entityName, id), ColumnSet = columnSet };
        return ((RetrieveResponse)await ExecuteAsync(request, cancellationToken)).Entity;
    }

    /// <inheritdoc/>
    public Task UpdateAsync(Entity entity, CancellationToken cancellationToken) =>
        ExecuteAsync(new UpdateRequest { Target = entity }, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string entityName, Guid id, CancellationToken cancellationToken) =>
        ExecuteAsync(new DeleteRequest { Target = new EntityReference(entityName, id) }, cancellationToken);

    /// <inheritdoc/>
    public async Task<EntityCollection> RetrieveMultipleAsync(QueryBase query, CancellationToken cancellationToken)
    {
        var request = new RetrieveMultipleRequest { Query = query };
        return ((RetrieveMultipleResponse)await ExecuteAsync(request, cancellationToken)).EntityCollection;
    }

    /// <inheritdoc/>
    public Task AssociateAsync(
        string entityName,
        Guid entityId,
        Relationship relationship,
        EntityReferenceCollection relatedEntities,
        CancellationToken cancellationToken) => ExecuteAsync(new OrganizationRequest("Associate"), cancellationToken);

    /// <inheritdoc/>
    public Task DisassociateAsync(
        string entityName,
        Guid entityId,
        Relationship relationship,
        EntityReferenceCollection relatedEntities,
        CancellationToken cancellationToken) => ExecuteAsync(new OrganizationRequest("Disassociate"), cancellationToken);

    /// <inheritdoc/>
    public Task<OrganizationResponse> ExecuteAsync(OrganizationRequest request) => ExecuteAsync(request, default);

    /// <inheritdoc/>
    public Task<Guid> CreateAsync(Entity entity) => CreateAsync(entity, default);

    /// <inheritdoc/>
    public Task<Entity> RetrieveAsync(string entityName, Guid id, ColumnSet columnSet) =>
        RetrieveAsync(entityName, id, columnSet, default);

    /// <inheritdoc/>
    public Task UpdateAsync(Entity entity) => UpdateAsync(entity, default);

    /// <inheritdoc/>
    public Task DeleteAsync(string entityName, Guid id) => DeleteAsync(entityName, id, default);

    /// <inheritdoc/>
    public Task<EntityCollection> RetrieveMultipleAsync(QueryBase query) => RetrieveMultipleAsync(query, default);

    /// <inheritdoc/>
    public Task AssociateAsync(
        string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        AssociateAsync(entityName, entityId, relationship, relatedEntities, default);

    /// <inheritdoc/>
    public Task DisassociateAsync(
        string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        DisassociateAsync(entityName, entityId, relationship, relatedEntities, default);

    /// <inheritdoc/>
    public OrganizationResponse Execute(OrganizationRequest request) => ExecuteAsync(request).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public Guid Create(Entity entity) => CreateAsync(entity).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public Entity Retrieve(string entityName, Guid id, ColumnSet columnSet) =>
        RetrieveAsync(entityName, id, columnSet).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Update(Entity entity) => UpdateAsync(entity).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Delete(string entityName, Guid id) => DeleteAsync(entityName, id).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public EntityCollection RetrieveMultiple(QueryBase query) => RetrieveMultipleAsync(query).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Associate(
        string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        AssociateAsync(entityName, entityId, relationship, relatedEntities).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Disassociate(
        string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        DisassociateAsync(entityName, entityId, relationship, relatedEntities).GetAwaiter().GetResult();

    private async Task<OrganizationResponse> SendAsync(OrganizationRequest request)
    {
        var sent = await pipeline.AnswerAsync(OrganizationCall.Of(request), CancellationToken.None);
        return sent is OrganizationAnswer { IsWhole: true } answer
            ? answer.Require()
            : throw LineFailures.Of(sent, options);
    }
}
