using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Who calls, and in which organization; null for what the service does not tell.</summary>
internal sealed record CallerAnswer(Guid? User, Guid? Organization)
{
    public static CallerAnswer Of(OrganizationResponse? response) =>
        new(IdIn(response, "UserId"), IdIn(response, "OrganizationId"));

    private static Guid? IdIn(OrganizationResponse? response, string name) =>
        response?.Results is { } results && results.TryGetValue(name, out var value) && value is Guid id && id != Guid.Empty
            ? id
            : null;
}
