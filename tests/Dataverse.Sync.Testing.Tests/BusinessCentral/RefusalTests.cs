using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>Walks the table of the documentation that says what the emulator does not do.</summary>
public sealed class RefusalTests
{
    private static readonly string[] Unserved = ["agedAccountsReceivable", "documentAttachments"];

    private static readonly Dictionary<string, Func<BusinessCentralFixture, Guid, IEnumerable<Task<Answer>>>> Requests = new()
    {
        ["`customers({id})/agedAccountsReceivable`"] = (bc, id) =>
        [
            bc.GetAsync($"customers({id})/agedAccountsReceivable"), bc.GetAsync("agedAccountsReceivables"),
        ],
        ["`vendors({id})/agedAccountsPayable`"] = (bc, _) =>
        [
            bc.GetAsync($"vendors({Vendor(bc)})/agedAccountsPayable"), bc.GetAsync("agedAccountsPayables"),
        ],
        ["`documentAttachments` of customers and vendors"] = (bc, id) =>
        [
            bc.GetAsync($"customers({id})/documentAttachments"),
            bc.SendAsync("POST", $"customers({id})/documentAttachments", new JsonObject()),
            bc.GetAsync($"vendors({Vendor(bc)})/documentAttachments"), bc.GetAsync("documentAttachments"),
        ],
        ["these three in `$expand`"] = (bc, id) =>
        [
            .. Unserved.Select(name => bc.GetAsync($"customers?$expand={name}")),
            .. Unserved.Select(name => bc.GetAsync($"customers({id})?$expand={name}($top=1)")),
            bc.GetAsync("vendors?$expand=agedAccountsPayable"), bc.GetAsync("vendors?$expand=*"),
        ],
        ["these three in the body of a new record"] = (bc, _) =>
        [
            .. Unserved.Select(name => bc.SendAsync(
                "POST", "customers", new JsonObject { ["displayName"] = "A", [name] = new JsonArray() })),
            bc.SendAsync("POST", "vendors", new JsonObject { ["agedAccountsPayable"] = new JsonObject() }),
        ],
        ["other sets of API v2.0, such as `items`, `salesOrders`, and `customerContacts`"] = (bc, _) =>
            [bc.GetAsync("items"), bc.GetAsync("salesOrders"), bc.GetAsync("customerContacts")],
        ["`externaleventsubscriptions` and `apicategoryroutes`"] = (bc, _) =>
            [RootAsync(bc, "GET", "externaleventsubscriptions"), RootAsync(bc, "GET", "apicategoryroutes")],
        ["the routes `microsoft/automation/v2.0` and `microsoft/runtime/beta`"] = (bc, _) =>
        [
            RootAsync(bc, "GET", "../microsoft/automation/v2.0/companies"),
            RootAsync(bc, "GET", "../microsoft/runtime/beta/companies"),
        ],
        ["the list of environments (`environments/v1.2`)"] = (bc, _) => [RootAsync(bc, "GET", "/environments/v1.2")],
        ["bound actions (`Microsoft.NAV.…`)"] = (bc, id) =>
            [bc.SendAsync("POST", $"customers({id})/Microsoft.NAV.post", new JsonObject())],
        ["single properties by address, with or without `$value`"] = (bc, id) =>
            [bc.GetAsync($"customers({id})/displayName"), bc.GetAsync($"customers({id})/displayName/$value")],
        ["`$ref` behind a navigation property"] = (bc, id) =>
            [bc.GetAsync($"customers({id})/contactsInformation/$ref"), bc.GetAsync($"customers({id})/picture/$ref")],
        ["`$ref` and `$count` behind a navigation property in `$expand`"] = (bc, _) =>
        [
            bc.GetAsync("customers?$expand=contactsInformation/$ref"),
            bc.GetAsync("customers?$expand=contactsInformation/$count"),
        ],
        ["`any` and `all` in `$filter`"] = (bc, _) =>
        [
            bc.GetAsync("customers?$filter=defaultDimensions/any(d:d/dimensionCode eq 'A')"),
            bc.GetAsync("customers?$filter=defaultDimensions/all(d:d/dimensionCode eq 'A')"),
            bc.GetAsync("customers?$filter=defaultDimensions/any()"),
        ],
        ["`$count` of related records in `$filter`"] = (bc, _) =>
            [bc.GetAsync("customers?$filter=defaultDimensions/$count gt 0")],
        ["properties of related records in `$filter` and `$orderby`"] = (bc, _) =>
        [
            bc.GetAsync("customers?$filter=currency/code eq 'EUR'"), bc.GetAsync("customers?$orderby=currency/code"),
        ],
        ["functions in `$filter` other than `startswith`, `endswith`, `contains`, `substring`, `tolower`, and `toupper`"] =
            (bc, _) =>
            [
                bc.GetAsync("customers?$filter=length(number) eq 1"), bc.GetAsync("customers?$filter=trim(number) eq '1'"),
                bc.GetAsync("customers?$filter=year(lastModifiedDateTime) eq 2026"),
            ],
        ["arithmetic in `$filter`"] = (bc, _) => [bc.GetAsync("customers?$filter=creditLimit add 1 gt 2")],
        ["`$select`, `$expand`, `$orderby`, `$top`, `$skip`, and `$count` on `entityDefinitions`"] = (bc, _) =>
        [
            .. new[] { "$select=entityName", "$expand=properties", "$orderby=entityName", "$top=1", "$skip=1", "$count=true" }
                .Select(option => RootAsync(bc, "GET", $"entityDefinitions?{option}")),
        ],
        ["writing the record behind a reference, such as `customers({id})/currency`"] = (bc, id) =>
        [
            bc.SendAsync("PATCH", $"customers({id})/currency", new JsonObject(), ("If-Match", "*")),
            bc.SendAsync("DELETE", $"customers({id})/currency", null, ("If-Match", "*")),
        ],
        ["subscriptions to `customerFinancialDetails`"] = (bc, _) =>
        [
            bc.SendRawAsync(
                "POST", "subscriptions",
                new JsonObject
                {
                    ["notificationUrl"] = "https://localhost/changes",
                    ["resource"] = $"/api/v2.0/{BusinessCentralFixture.CompanyPath}/customerFinancialDetails",
                }.ToJsonString()),
        ],
        ["`$expand` on `companies`"] = (bc, _) =>
        [
            RootAsync(bc, "GET", "companies?$expand=customers"),
            RootAsync(bc, "GET", $"{BusinessCentralFixture.CompanyPath}?$expand=customers"),
        ],
        ["`subscriptions` and `$batch` in a batch"] = (bc, _) => [BatchAsync(bc, "subscriptions"), BatchAsync(bc, "$batch")],
        ["bodies of another media type than JSON"] = (bc, _) => [TextAsync(bc, "text/plain"), TextAsync(bc, "application/xml")],
        ["PUT, HEAD, OPTIONS"] = (bc, id) =>
        [
            bc.SendAsync("PUT", $"customers({id})", new JsonObject()), bc.SendAsync("OPTIONS", "customers"),
            HeadAsync(bc),
        ],
        ["pictures in a batch"] = (bc, id) =>
            [BatchAsync(bc, $"{BusinessCentralFixture.CompanyPath}/customers({id})/picture/pictureContent")],
        ["pictures that are not PNG, JPEG, GIF, or BMP"] = (bc, id) =>
            [bc.SendAsync("PATCH", $"customers({id})/picture/pictureContent", new JsonObject(), ("If-Match", "*"))],
        ["basic authentication"] = (bc, _) => [BasicAsync(bc)],
    };

    public static TheoryData<string, int, string> Lines
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            var lines = File.ReadLines(Page()).SkipWhile(line => line != "| not served | status | code |").Skip(2)
                .TakeWhile(line => line.StartsWith('|'));
            foreach (var cells in lines.Select(line => line.Trim('|').Split(" | ")))
            {
                data.Add(cells[0].Trim(), int.Parse(cells[1], null), cells[2].Trim(' ', '`'));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Line_of_the_page_is_refused(string what, int status, string code)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = Guid.Parse((string)bc.Customer("C1")["id"]!);

        foreach (var answer in await Task.WhenAll(Requests[what](bc, id)))
        {
            answer.ShouldBeRefused(status, code);
        }

        bc.Emulator.Table("customers").Count.Should().Be(1);
    }

    [Fact]
    public void Page_has_every_refusal_that_is_tested_here() =>
        Lines.Select(line => (string)line[0]).Should().BeEquivalentTo(Requests.Keys);

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "connectors", "business-central.md");
            if (File.Exists(page))
            {
                return page;
            }
        }

        throw new FileNotFoundException("The documentation is not above the folder of the tests.");
    }

    private static string Vendor(BusinessCentralFixture bc) =>
        (string)bc.Insert("vendors", new JsonObject { ["displayName"] = "V" })["id"]!;

    private static Task<Answer> RootAsync(BusinessCentralFixture bc, string method, string path) =>
        bc.SendRawAsync(method, path, null);

    // A response to HEAD has no body: its code is that of the same request with another verb.
    private static async Task<Answer> HeadAsync(BusinessCentralFixture bc)
    {
        var head = await bc.SendAsync("HEAD", "customers");
        head.Text.Should().BeEmpty();
        return head with { Text = (await bc.SendAsync("OPTIONS", "customers")).Text };
    }

    private static async Task<Answer> BatchAsync(BusinessCentralFixture bc, string path)
    {
        var answer = await RawBatchAsync(bc, path);
        var part = answer.Json["responses"]![0]!;
        return answer with { Status = (int)part["status"]!, Text = part["body"]!.ToJsonString() };
    }

    private static Task<Answer> RawBatchAsync(BusinessCentralFixture bc, string path) => bc.SendRawAsync(
        "POST", "$batch",
        new JsonObject
        {
            ["requests"] = new JsonArray(new JsonObject
            {
                ["id"] = "1",
                ["method"] = "GET",
                ["url"] = path,
            }),
        }.ToJsonString());

    private static async Task<Answer> TextAsync(BusinessCentralFixture bc, string type)
    {
        using var content = new StringContent("""{"displayName":"A"}""", new MediaTypeHeaderValue(type));
        using var response = await bc.Client.PostAsync(
            new Uri($"{BusinessCentralFixture.CompanyPath}/customers", UriKind.Relative), content);
        return await Answer.ReadAsync(response);
    }

    private static async Task<Answer> BasicAsync(BusinessCentralFixture bc)
    {
        using var client = bc.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "dXNlcjprZXk=");
        using var response = await client.GetAsync(new Uri("companies", UriKind.Relative));
        return await Answer.ReadAsync(response);
    }
}
