namespace Dataverse.Sync.WebApi;

/// <summary>The response to <c>WhoAmI</c>.</summary>
internal sealed record CallerRow(Guid? UserId, Guid? OrganizationId);
