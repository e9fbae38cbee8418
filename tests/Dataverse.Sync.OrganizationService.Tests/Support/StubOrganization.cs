using System.ServiceModel;
using Microsoft.PowerPlatform.Dataverse.Client;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>An organization service whose answers a test writes down; it answers questions for definitions itself.</summary>
/// <param name="answer">The answer to a request, or the exception instead of one.</param>
internal sealed class StubOrganization(Func<OrganizationRequest, OrganizationResponse> answer) : IOrganizationServiceAsync2
{
    private readonly List<OrganizationRequest> requests = [];

    public StubOrganization(OrganizationResponse answer)
        : this(_ => answer)
    {
    }

    public InstantTimeProvider Time { get; } = new();

    public StubDefinitions Definitions { get; init; } = new();

    /// <summary>The requests in their order, without those for definitions; a query is the message that sends one.</summary>
    public IReadOnlyList<OrganizationRequest> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    /// <summary>What happens before an answer, such as a wait.</summary>
    public Func<OrganizationRequest, CancellationToken, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    public OrganizationServiceConnector Connect(Action<OrganizationServiceOptions>? configure = null)
    {
        var options = new OrganizationServiceOptions();
        configure?.Invoke(options);
        return new OrganizationServiceConnector(this, options, Time);
    }

    public async Task<OrganizationResponse> ExecuteAsync(OrganizationRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Definitions.TryAnswer(request) is { } definition)
        {
            return definition;
        }

        lock (requests)
        {
            requests.Add(request);
        }

        await Before(request, cancellationToken);
        return answer(request);
    }

    public async Task<EntityCollection> RetrieveMultipleAsync(QueryBase query, CancellationToken cancellationToken) =>
        ((RetrieveMultipleResponse)await ExecuteAsync(new RetrieveMultipleRequest { Query = query }, cancellationToken)).EntityCollection;

    /// <summary>A fault of the service.</summary>
    public static OrganizationServiceFault Fault(uint code, string message = "Refused.", TimeSpan? retryAfter = null)
    {
        var fault = new OrganizationServiceFault { ErrorCode = unchecked((int)code), Message = message };
        if (retryAfter is { } pause)
        {
            fault.ErrorDetails = new ErrorDetailCollection { ["Retry-After"] = pause };
        }

        return fault;
    }

    /// <summary>The exception that carries a fault.</summary>
    public static Exception Thrown(OrganizationServiceFault fault) =>
        new FaultException<OrganizationServiceFault>(fault, new FaultReason(fault.Message));

    /// <summary>An answer with results.</summary>
    public static T Answer<T>(string name, object value)
        where T : OrganizationResponse, new() => new() { Results = new ParameterCollection { [name] = value } };

    /// <summary>The answer to a CreateMultiple.</summary>
    public static OrganizationResponse Created(params Guid[] ids) => Answer<CreateMultipleResponse>("Ids", ids);

    /// <summary>The answer to a query, on its last page.</summary>
    public static OrganizationResponse Rows(params Entity[] rows) =>
        Answer<RetrieveMultipleResponse>("EntityCollection", new EntityCollection([.. rows]));

    /// <summary>The answer to an ExecuteMultiple: a fault, or done, for each request; null for no answer.</summary>
    public static OrganizationResponse Multiple(params OrganizationServiceFault?[] faults)
    {
        var items = faults.Select((fault, index) => new ExecuteMultipleResponseItem
        {
            RequestIndex = index,
            Fault = fault,
            Response = fault is null ? new UpdateResponse() : null,
        });
        return Items([.. items]);
    }

    public static OrganizationResponse Items(params ExecuteMultipleResponseItem[] items)
    {
        var collection = new ExecuteMultipleResponseItemCollection();
        collection.AddRange(items);
        return Answer<ExecuteMultipleResponse>("Responses", collection);
    }

    public static Entity Row(Guid id, string version, params (string Column, object? Value)[] values)
    {
        var row = new Entity("account", id) { RowVersion = version };
        foreach (var (column, value) in values)
        {
            row[column] = value;
        }

        return row;
    }

    public Task<Guid> CreateAsync(Entity entity, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Entity> CreateAndReturnAsync(Entity entity, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Entity> RetrieveAsync(string entityName, Guid id, ColumnSet columnSet, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task UpdateAsync(Entity entity, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(string entityName, Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AssociateAsync(
        string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task DisassociateAsync(
        string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Guid> CreateAsync(Entity entity) => CreateAsync(entity, default);

    public Task<Entity> RetrieveAsync(string entityName, Guid id, ColumnSet columnSet) => RetrieveAsync(entityName, id, columnSet, default);

    public Task UpdateAsync(Entity entity) => UpdateAsync(entity, default);

    public Task DeleteAsync(string entityName, Guid id) => DeleteAsync(entityName, id, default);

    public Task<OrganizationResponse> ExecuteAsync(OrganizationRequest request) => ExecuteAsync(request, default);

    public Task AssociateAsync(string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        AssociateAsync(entityName, entityId, relationship, relatedEntities, default);

    public Task DisassociateAsync(string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        DisassociateAsync(entityName, entityId, relationship, relatedEntities, default);

    public Task<EntityCollection> RetrieveMultipleAsync(QueryBase query) => RetrieveMultipleAsync(query, default);

    public Guid Create(Entity entity) => throw new NotSupportedException();

    public Entity Retrieve(string entityName, Guid id, ColumnSet columnSet) => throw new NotSupportedException();

    public void Update(Entity entity) => throw new NotSupportedException();

    public void Delete(string entityName, Guid id) => throw new NotSupportedException();

    public OrganizationResponse Execute(OrganizationRequest request) => throw new NotSupportedException();

    public void Associate(string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        throw new NotSupportedException();

    public void Disassociate(string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        throw new NotSupportedException();

    public EntityCollection RetrieveMultiple(QueryBase query) => throw new NotSupportedException();
}
