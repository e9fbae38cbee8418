using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The functions that the emulator knows.</summary>
internal static partial class FunctionEndpoint
{
    private const int Allowed = 4;
    private const string Totals = "RetrieveTotalRecordCount(EntityNames=";

    /// <summary>Executes a function; <see langword="null"/> if the resource is not a function.</summary>
    public static EmulatorResponse? Handle(ApiRequest request, DataverseWriteRules rules)
    {
        if (UserPrivileges().Match(request.Resource) is { Success: true } user)
        {
            return request.Method == "GET"
                ? PrivilegesOf(request, Guid.Parse(user.Groups["id"].ValueSpan), rules)
                : DataverseResponses.NoSuchRoute(request.Root + request.Resource);
        }

        if (ColumnRights().Match(request.Resource) is { Success: true } call)
        {
            return request.Method == "GET"
                ? ColumnRightsOf(request, call.Groups["set"].Value, Guid.Parse(call.Groups["id"].ValueSpan))
                : DataverseResponses.NoSuchRoute(request.Root + request.Resource);
        }

        var name = request.Resource.EndsWith("()", StringComparison.Ordinal)
            ? request.Resource[..^2]
            : request.Resource;
        if (name is "WhoAmI" or "RetrieveVersion" || name.StartsWith(Totals, StringComparison.Ordinal))
        {
            return request.Method == "GET"
                ? Call(request, name)
                : DataverseResponses.NoSuchRoute(request.Root + request.Resource);
        }

        return null;
    }

    private static EmulatorResponse Call(ApiRequest request, string name) => name switch
    {
        "WhoAmI" => WhoAmI(request),
        "RetrieveVersion" => DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", Context(request, "RetrieveVersionResponse"));
            json.WriteString("Version", "9.2.24014.198");
        }),
        _ => TotalRecordCount(request, Uri.UnescapeDataString(name)),
    };

    private static EmulatorResponse WhoAmI(ApiRequest request)
    {
        var state = request.Session.State;
        var user = request.Session.Caller.User;
        return DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", Context(request, "WhoAmIResponse"));
            json.WriteString(
                "BusinessUnitId",
                (state.Find("systemuser", user)?["businessunitid"] as DataverseReference)?.Id ?? Guid.Empty);
            json.WriteString("UserId", user);
            json.WriteString("OrganizationId", state["organization"].Rows.Keys.FirstOrDefault());
        });
    }

    private static EmulatorResponse TotalRecordCount(ApiRequest request, string call)
    {
        var names = call[Totals.Length..].Split(
            ['[', ']', ',', '\'', '"', ')', ' '], StringSplitOptions.RemoveEmptyEntries);
        var state = request.Session.State;
        return DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", Context(request, "RetrieveTotalRecordCountResponse"));
            json.WriteStartObject("EntityRecordCountCollection");
            json.WriteNumber("Count", names.Length);
            json.WriteBoolean("IsReadOnly", false);
            json.WriteStartArray("Keys");
            foreach (var table in names)
            {
                json.WriteStringValue(table);
            }

            json.WriteEndArray();
            json.WriteStartArray("Values");
            foreach (var table in names)
            {
                json.WriteNumberValue(state.Tables.TryGetValue(table, out var rows) ? rows.Rows.Count : 0);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static EmulatorResponse PrivilegesOf(ApiRequest request, Guid user, DataverseWriteRules rules)
    {
        var privileges = PrincipalRights.PrivilegesOf(request.Session, user, rules).ToList();
        return DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", Context(request, "RetrieveUserPrivilegesResponse"));
            json.WriteStartArray("RolePrivileges");
            foreach (var (id, name, isLocal) in privileges)
            {
                json.WriteStartObject();
                json.WriteString("Depth", isLocal ? "Local" : "Global");
                json.WriteString("PrivilegeId", id);
                json.WriteString("BusinessUnitId", Guid.Empty);
                json.WriteString("PrivilegeName", name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    // Only columns on which the principal has a right are listed.
    private static EmulatorResponse ColumnRightsOf(ApiRequest request, string set, Guid principal)
    {
        var session = request.Session;
        PrincipalRights.Require(session, session.Store.Schema[set[..^1]], principal);

        return DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", Context(request, "RetrievePrincipalAttributePrivilegesResponse"));
            json.WriteStartArray("AttributePrivileges");
            foreach (var (owner, column, right) in session.Security.RightsOf(principal))
            {
                json.WriteStartObject();
                json.WriteString("AttributeId", AttributeMetadataBuilder.IdOf(owner, column));
                json.WriteNumber("CanRead", right.CanRead ? Allowed : 0);
                json.WriteNumber("CanCreate", right.CanCreate ? Allowed : 0);
                json.WriteNumber("CanUpdate", right.CanUpdate ? Allowed : 0);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    [GeneratedRegex(
        @"^(?<set>systemusers|teams)\((?<id>[0-9a-f-]{36})\)/Microsoft\.Dynamics\.CRM\.RetrievePrincipalAttributePrivileges\(\)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex ColumnRights();

    [GeneratedRegex(
        @"^systemusers\((?<id>[0-9a-f-]{36})\)/Microsoft\.Dynamics\.CRM\.RetrieveUserPrivileges\(\)$", RegexOptions.CultureInvariant)]
    private static partial Regex UserPrivileges();

    private static string Context(ApiRequest request, string type) =>
        $"{request.Root}$metadata#{DataverseSchema.Namespace}.{type}";
}
