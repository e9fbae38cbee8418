using System.Text.Json.Serialization;

namespace Dataverse.Sync.WebApi;

internal sealed record OrganizationRow([property: JsonPropertyName("fullnameconventioncode")] int? FullNameConventionCode);
