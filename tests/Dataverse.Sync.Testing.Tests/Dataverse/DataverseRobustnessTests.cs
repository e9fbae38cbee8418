using System.Collections.Concurrent;
using CsCheck;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>
/// Whatever a client sends, the service refuses or answers it; a 500 would be a defect of the emulator.
/// </summary>
public sealed class DataverseRobustnessTests
{
    private const string Id = "10620ef5-3b72-56af-981e-044d812e544a";

    private static readonly string[] Fragments =
    [
        "accounts", "contacts", "systemusers", "principals", "sdkmessagefilters", "EntityDefinitions", "$metadata",
        "$batch", "$count", "$ref", "$value", "WhoAmI",
        $"({Id})", "(1)", "('x')", "(name='x')", "(LogicalName='account')", "()", "(", "/", "/name", "/ownerid",
        "/primarycontactid", "/contact_customer_accounts",
        "/Microsoft.Dynamics.CRM.account", "/Microsoft.Dynamics.CRM.CreateMultiple",
        "/Microsoft.Dynamics.CRM.UpsertMultiple", "/Attributes", "/Keys", "%00", "%2F", "..", "~",
    ];

    private static readonly string[] Options =
    [
        "$select=name", "$select=", "$select=*", "$select=ownerid", "$filter=name eq 'x'", "$filter=", "$filter=name",
        "$filter=name eq 5", "$filter=revenue eq 'x'",
        "$filter=ownerid/ownerid eq null", "$filter=primarycontactid/parentcustomerid_account/name eq 'x'",
        "$filter=contact_customer_accounts/any()",
        "$filter=contact_customer_accounts/all(c:c/lastname eq name)", "$filter=contact_customer_accounts/$count gt 1",
        "$filter=name eq @p", "$filter=1 eq 1", "$filter=true",
        "$filter=Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=[1,null])",
        "$filter=Microsoft.Dynamics.CRM.In(PropertyName='x',PropertyValues=[])",
        "$filter=Microsoft.Dynamics.CRM.Between(PropertyName='revenue',PropertyValues=[\"1\"])",
        "$filter=Microsoft.Dynamics.CRM.On(PropertyName='createdon',PropertyValue='x')",
        "$filter=contains(name,'[')", "$filter=contains(revenue,'1')", "$filter=createdon gt 2020-13-45",
        "$filter=not contains(name,null)", "$filter=name in ('a')",
        "$orderby=name desc,revenue", "$orderby=ownerid", "$orderby=primarycontactid/fullname", "$orderby=name eq 'x'",
        "$expand=ownerid", "$expand=primarycontactid($expand=parentcustomerid_account)",
        "$expand=contact_customer_accounts($top=1;$orderby=lastname;$filter=lastname eq 'x')", "$expand=*", "$top=0",
        "$top=99999999999", "$count=true", "$skiptoken=x",
        "$skiptoken=%3Ccookie%20pagenumber=%221%22%20pagingcookie=%22%22%20istracking=%22True%22%20/%3E",
        "$deltatoken=1", "$deltatoken=9!01/01/2026 00:00:00", "$apply=aggregate(revenue with sum as x)",
        "fetchXml=<x/>", "$filter=name eq 'a'&$filter=name eq 'b'", "&&=&", "%", "@p='1'",
    ];

    private static readonly string[] Bodies =
    [
        "", "null", "1", "[]", "{", "{}", "{\"name\":{}}", "{\"name\":[1]}", "{\"statecode\":\"x\"}",
        "{\"primarycontactid\":5}", "{\"primarycontactid@odata.bind\":\"\"}",
        "{\"primarycontactid@odata.bind\":\"$1\"}", "{\"primarycontactid@odata.bind\":\"/contacts\"}",
        "{\"ownerid@odata.bind\":\"/accounts(1)\"}", "{\"@odata.id\":5}",
        "{\"contact_customer_accounts\":[5]}", "{\"Targets\":5}", "{\"Targets\":[5]}",
        "{\"Targets\":[{\"@odata.type\":5}]}", "{\"revenue\":1e400}", "{\"revenue\":99999999999999999999999999999}",
        "{\"value\":{}}", "{\"createdon\":\"x\"}", "{\"birthdate\":\"2024-02-30\"}", "{\"name\":\"\\ud800\"}",
        "{\"name\":1,\"name\":2}",
    ];

    private static readonly string[] Paths =
    [
        "accounts", "accounts", "contacts", "accounts/$count", $"accounts({Id})", $"accounts({Id})",
        $"accounts({Id})/contact_customer_accounts", $"accounts({Id})/primarycontactid/$ref",
        $"accounts({Id})/contact_customer_accounts/$ref", "accounts/Microsoft.Dynamics.CRM.CreateMultiple",
        "accounts/Microsoft.Dynamics.CRM.UpsertMultiple", "EntityDefinitions",
        "EntityDefinitions(LogicalName='account')/Attributes",
        "EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.StringAttributeMetadata",
        "systemusers", "sdkmessagefilters",
    ];

    private static readonly Gen<string> Path = Gen.OneOf(
        Gen.Int[0, Paths.Length - 1].Select(n => Paths[n]),
        Gen.Int[0, Fragments.Length - 1].Select(n => Fragments[n]).Array[1, 4].Select(string.Concat));

    private static readonly Gen<string> Url = Gen.Select(
        Path, Gen.Int[0, Options.Length - 1].Select(n => Options[n]).Array[0, 2],
        (path, query) => path + (query.Length == 0 ? "" : "?" + string.Join('&', query)));

    [Fact]
    public async Task No_request_makes_the_service_fail()
    {
        await using var client = await DataverseClient.StartAsync();
        client.Accounts.Insert(("accountid", Guid.Parse(Id)), ("name", "A"), ("revenue", 1m));
        client.Contacts.Insert(
            ("lastname", "L"), ("parentcustomerid", new DataverseReference("account", Guid.Parse(Id))));
        var failures = new ConcurrentDictionary<string, string>();
        string[] methods = ["GET", "GET", "GET", "POST", "PATCH", "PUT", "DELETE"];

        await Gen.Select(Gen.Int[0, 6], Url, Gen.Int[0, Bodies.Length - 1]).SampleAsync(
            async (method, url, body) =>
            {
                var answer = await client.SendAsync(
                    new HttpMethod(methods[method]), client.Root + url, method < 3 ? null : Bodies[body], []);
                if (answer.Status == 500)
                {
                    _ = failures.TryAdd(
                        string.Join('\n', answer.Text.Split('\n').Take(4)), $"{methods[method]} {url} {Bodies[body]}");
                }
            },
            iter: 3000);

        failures.Should().BeEmpty();
    }

    [Fact]
    public async Task No_batch_makes_the_service_fail()
    {
        await using var client = await DataverseClient.StartAsync();
        var failures = new ConcurrentDictionary<string, string>();
        string[] pieces =
        [
            "--batch_A\r\n", "--batch_A--\r\n", "--set\r\n", "--set--\r\n", "\r\n", "\n",
            "Content-Type: application/http\r\n", "Content-Type: multipart/mixed; boundary=set\r\n",
            "Content-ID: 1\r\n", "GET accounts HTTP/1.1\r\n", "POST accounts HTTP/1.1\r\n", "PATCH $1 HTTP/1.1\r\n",
            "POST $batch HTTP/1.1\r\n", "GET\r\n", "{\"name\":\"A\"}\r\n", ":\r\n", "x",
        ];

        await Gen.Int[0, pieces.Length - 1].Select(n => pieces[n]).Array[0, 14].SampleAsync(
            async parts =>
            {
                var answer = await client.BatchAsync("--batch_A\r\n" + string.Concat(parts) + "\r\n--batch_A--\r\n");
                if (answer.Status == 500)
                {
                    _ = failures.TryAdd(string.Join('\n', answer.Text.Split('\n').Take(4)), string.Concat(parts));
                }
            },
            iter: 1500);

        failures.Should().BeEmpty();
    }
}
