using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The function <c>RetrieveCurrentOrganization</c>, with which the client library of the service connects.
/// </summary>
internal static class OrganizationFunction
{
    public const string Name = "RetrieveCurrentOrganization";

    /// <summary>The version that the organization tells.</summary>
    public const string Version = "9.2.24014.198";

    private const string Parameter = "AccessType";

    public static EmulatorResponse Execute(ApiRequest request, FunctionCall call)
    {
        call.CheckParameters(Parameter);
        _ = call.Member(Parameter, "EndpointAccessType", "Default", "Internet", "Intranet");
        var organization = request.Session.State["organization"].Rows.Values.Single();
        return DataverseResponses.Json(200, json =>
        {
            json.WriteString(
                "@odata.context",
                $"{request.Root}$metadata#{DataverseSchema.Namespace}.RetrieveCurrentOrganizationResponse");
            json.WriteStartObject("Detail");
            WriteDetail(json, organization, new Uri(request.Root).GetLeftPart(UriPartial.Authority));
            json.WriteEndObject();
        });
    }

    private static void WriteDetail(Utf8JsonWriter json, DataverseRow organization, string origin)
    {
        json.WriteString("OrganizationId", organization.Id);
        json.WriteString("FriendlyName", organization["name"] as string);
        json.WriteString("OrganizationVersion", Version);
        json.WriteString("EnvironmentId", IdOf("environment", organization).ToString());
        json.WriteString("DatacenterId", IdOf("datacenter", organization));
        json.WriteString("Geo", "NA");
        json.WriteString("TenantId", IdOf("tenant", organization).ToString());
        json.WriteString("UrlName", "emulator");
        json.WriteString("UniqueName", $"unq{organization.Id:N}"[..29]);
        json.WriteStartObject("Endpoints");
        json.WriteNumber("Count", 3);
        json.WriteBoolean("IsReadOnly", false);
        WriteTexts(json, "Keys", "WebApplication", "OrganizationService", "OrganizationDataService");
        WriteTexts(
            json, "Values", $"{origin}/", $"{origin}/XRMServices/2011/Organization.svc",
            $"{origin}/XRMServices/2011/OrganizationData.svc");
        json.WriteEndObject();
        json.WriteString("State", "Enabled");
        json.WriteString("OrganizationType", "CustomerTest");
        json.WriteString("SchemaType", "Standard");
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, params ReadOnlySpan<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static Guid IdOf(string kind, DataverseRow organization) => StableGuid.Of($"{kind}/{organization.Id}");
}
