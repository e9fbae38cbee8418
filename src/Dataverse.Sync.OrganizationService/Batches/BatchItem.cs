using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService;

/// <summary>The answer to one request of a batch; without a response and a fault it is missing.</summary>
internal readonly record struct BatchItem(OrganizationResponse? Response, OrganizationServiceFault? Fault);
