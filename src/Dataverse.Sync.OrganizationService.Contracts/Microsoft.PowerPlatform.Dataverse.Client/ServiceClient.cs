using Microsoft.Extensions.Logging;
using Microsoft.PowerPlatform.Dataverse.Client.Utils;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;

namespace Microsoft.PowerPlatform.Dataverse.Client;

/// <summary>
/// The contract of the client. One that a public constructor made is connected to nothing, and answers as the real
/// client does then; one over another service passes every call on.
/// </summary>
public class ServiceClient : IOrganizationService, IOrganizationServiceAsync2, IDisposable
{
    private readonly IOrganizationServiceAsync2 service;

    public ServiceClient(string dataverseConnectionString, ILogger logger = null)
        : this(service: null) => ArgumentException.ThrowIfNullOrEmpty(dataverseConnectionString);

    public ServiceClient(
        Uri instanceUrl,
        Func<string, Task<string>> tokenProviderFunction,
        bool useUniqueInstance = true,
        ILogger logger = null)
        : this(service: null) => ConnectedOrgUriActual = instanceUrl;

    public ServiceClient(
        Uri instanceUrl, string clientId, string clientSecret, bool useUniqueInstance, ILogger logger = null)
        : this(service: null) => ConnectedOrgUriActual = instanceUrl;

    internal ServiceClient(IOrganizationServiceAsync2 service)
    {
        this.service = service;
        LastError = service is null ? "The client is not connected." : string.Empty;
    }

    public bool IsReady => service is not null;

    public string LastError { get; }

    public Exception LastException { get; internal set; }

    public Guid ConnectedOrgId { get; internal set; }

    public Uri ConnectedOrgUriActual { get; internal set; }

    public string ConnectedOrgUniqueName { get; internal set; } = string.Empty;

    public Version ConnectedOrgVersion { get; internal set; }

    public int RecommendedDegreesOfParallelism { get; internal set; } = 1;

    public int MaxRetryCount { get; set; } = 10;

    public TimeSpan RetryPauseTime { get; set; } = TimeSpan.FromSeconds(5);

    public bool EnableAffinityCookie { get; set; } = true;

    private IOrganizationServiceAsync2 Connected => service ?? throw new DataverseOperationException(LastError);

    public ServiceClient Clone(ILogger logger = null) => new(service)
    {
        ConnectedOrgId = ConnectedOrgId,
        ConnectedOrgUriActual = ConnectedOrgUriActual,
        ConnectedOrgUniqueName = ConnectedOrgUniqueName,
        ConnectedOrgVersion = ConnectedOrgVersion,
        RecommendedDegreesOfParallelism = RecommendedDegreesOfParallelism,
        MaxRetryCount = MaxRetryCount,
        RetryPauseTime = RetryPauseTime,
        EnableAffinityCookie = EnableAffinityCookie,
    };

    public Guid Create(Entity entity) => Connected.Create(entity);

    public Entity Retrieve(string entityName, Guid id, ColumnSet columnSet) =>
        Connected.Retrieve(entityName, id, columnSet);

    public void Update(Entity entity) => Connected.Update(entity);

    public void Delete(string entityName, Guid id) => Connected.Delete(entityName, id);

    public OrganizationResponse Execute(OrganizationRequest request) => Connected.Execute(request);

    public void Associate(
        string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        Connected.Associate(entityName, entityId, relationship, relatedEntities);

    public void Disassociate(
        string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        Connected.Disassociate(entityName, entityId, relationship, relatedEntities);

    public EntityCollection RetrieveMultiple(QueryBase query) => Connected.RetrieveMultiple(query);

    public Task<Guid> CreateAsync(Entity entity) => CreateAsync(entity, default);

    public Task<Guid> CreateAsync(Entity entity, CancellationToken cancellationToken) =>
        Connected.CreateAsync(entity, cancellationToken);

    public Task<Entity> CreateAndReturnAsync(Entity entity, CancellationToken cancellationToken) =>
        Connected.CreateAndReturnAsync(entity, cancellationToken);

    public Task<Entity> RetrieveAsync(string entityName, Guid id, ColumnSet columnSet) =>
        RetrieveAsync(entityName, id, columnSet, default);

    public Task<Entity> RetrieveAsync(
        string entityName, Guid id, ColumnSet columnSet, CancellationToken cancellationToken) =>
        Connected.RetrieveAsync(entityName, id, columnSet, cancellationToken);

    public Task UpdateAsync(Entity entity) => UpdateAsync(entity, default);

    public Task UpdateAsync(Entity entity, CancellationToken cancellationToken) =>
        Connected.UpdateAsync(entity, cancellationToken);

    public Task DeleteAsync(string entityName, Guid id) => DeleteAsync(entityName, id, default);

    public Task DeleteAsync(string entityName, Guid id, CancellationToken cancellationToken) =>
        Connected.DeleteAsync(entityName, id, cancellationToken);

    public Task<OrganizationResponse> ExecuteAsync(OrganizationRequest request) => ExecuteAsync(request, default);

    public Task<OrganizationResponse> ExecuteAsync(
        OrganizationRequest request, CancellationToken cancellationToken) =>
        Connected.ExecuteAsync(request, cancellationToken);

    public Task AssociateAsync(
        string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        AssociateAsync(entityName, entityId, relationship, relatedEntities, default);

    public Task AssociateAsync(
        string entityName,
        Guid entityId,
        Relationship relationship,
        EntityReferenceCollection relatedEntities,
        CancellationToken cancellationToken) =>
        Connected.AssociateAsync(entityName, entityId, relationship, relatedEntities, cancellationToken);

    public Task DisassociateAsync(
        string entityName, Guid entityId, Relationship relationship, EntityReferenceCollection relatedEntities) =>
        DisassociateAsync(entityName, entityId, relationship, relatedEntities, default);

    public Task DisassociateAsync(
        string entityName,
        Guid entityId,
        Relationship relationship,
        EntityReferenceCollection relatedEntities,
        CancellationToken cancellationToken) =>
        Connected.DisassociateAsync(entityName, entityId, relationship, relatedEntities, cancellationToken);

    public Task<EntityCollection> RetrieveMultipleAsync(QueryBase query) => RetrieveMultipleAsync(query, default);

    public Task<EntityCollection> RetrieveMultipleAsync(QueryBase query, CancellationToken cancellationToken) =>
        Connected.RetrieveMultipleAsync(query, cancellationToken);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
