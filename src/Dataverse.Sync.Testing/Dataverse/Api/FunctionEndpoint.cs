using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The functions that the emulator knows.</summary>
internal static partial class FunctionEndpoint
{
    private const int Allowed = 4;
    private const string Totals = "RetrieveTotalRecordCount";

    /// <summary>Executes a function; <see langword="null"/> if the resource is not a function.</summary>
    public static EmulatorResponse? Handle(ApiRequest request, DataverseWriteRules rules)
    {
        if (UserPrivileges().Match(request.Resource) is { Success: true } user)
        {
            return Get(request, () => PrivilegesOf(request, Guid.Parse(user.Groups["id"].ValueSpan), rules));
        }

        if (ColumnRights().Match(request.Resource) is { Success: true } rights)
        {
            return Get(request, () => ColumnRightsOf(request, rights.Groups["set"].Value, Guid.Parse(rights.Groups["id"].ValueSpan)));
        }

        return FunctionCall.Of(request) is { Name: "WhoAmI" or "RetrieveVersion" or Totals or OrganizationFunction.Name } call
            ? Get(request, () => Call(request, call))
            : null;
    }

    private static EmulatorResponse Get(ApiRequest request, Func<EmulatorResponse> answer)
    {
        if (request.Method != "GET")
        {
            return DataverseResponses.NoSuchRoute(request.Root + request.Resource);
        }

        OptionRules.None(request);
        return answer();
    }

    private static EmulatorResponse Call(ApiRequest request, FunctionCall call)
    {
        switch (call.Name)
        {
            case Totals:
                return TotalRecordCount(request, call);
            case OrganizationFunction.Name:
                return OrganizationFunction.Execute(request, call);
            default:
                call.CheckParameters();
                return call.Name == "WhoAmI" ? WhoAmI(request) : Version(request);
        }
    }

    private static EmulatorResponse Version(ApiRequest request) => DataverseResponses.Json(200, json =>
    {
        json.WriteString("@odata.context", Context(request, "RetrieveVersionResponse"));
        json.WriteString("Version", OrganizationFunction.Version);
    });

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

    private static EmulatorResponse TotalRecordCount(ApiRequest request, FunctionCall call)
    {
        call.CheckParameters("EntityNames");
        var names = call.Texts("EntityNames");
        var state = request.Session.State;
        if (names.FirstOrDefault(name => !state.Tables.ContainsKey(name)) is { } unknown)
        {
            throw DataverseErrors.UnknownTable(unknown);
        }

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
                json.WriteNumberValue(state[table].Rows.Count);
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
        @"^(?<set>systemusers|teams)\((?<id>[0-9a-f-]{36})\)/Microsoft\.Dynamics\.CRM\.RetrievePrincipalAttributePrivileges(\(\))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex ColumnRights();

    [GeneratedRegex(
        @"^systemusers\((?<id>[0-9a-f-]{36})\)/Microsoft\.Dynamics\.CRM\.RetrieveUserPrivileges(\(\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex UserPrivileges();

    private static string Context(ApiRequest request, string type) =>
        $"{request.Root}$metadata#{DataverseSchema.Namespace}.{type}";
}
