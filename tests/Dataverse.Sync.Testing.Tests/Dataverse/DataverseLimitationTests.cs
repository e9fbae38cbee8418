using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>
/// The table "What the emulator does not do" of the page <c>docs/connectors/dataverse-web-api.md</c>: its lines are those
/// below, and each is what the emulator answers.
/// </summary>
public sealed partial class DataverseLimitationTests : IAsyncLifetime
{
    private const string Heading = "## What the emulator does not do";

    private static readonly string[] Lines =
    [
        "| FetchXML | `GET accounts?fetchXml=<fetch/>` | 501 `0x80060888` |",
        "| SQL | `GET accounts?sql=select name from account` | 501 `0x80060888` |",
        "| saved and personal views | `GET accounts?savedQuery=00000000-0000-0000-0000-000000000001` | 501 `0x80060888` |",
        "| | `GET accounts?userQuery=00000000-0000-0000-0000-000000000001` | 501 `0x80060888` |",
        "| aggregation | `GET accounts?$apply=groupby((name))` | 501 `0x80060888` |",
        "| partitions of elastic tables | `GET accounts?partitionId=a` | 501 `0x80060888` |",
        "| the operator `in` | `GET accounts?$filter=name in ('a')` | 501 `0x80060888` |",
        "| arithmetic in filters | `GET accounts?$filter=revenue add 1 gt 2` | 501 `0x80060888` |",
        "| functions on texts and dates, other than the three searches | `GET accounts?$filter=length(name) eq 1` | 501 `0x80060888` |",
        "| counts in filters | `GET accounts?$filter=contact_customer_accounts/$count gt 1` | 501 `0x80060888` |",
        "| fiscal years and periods | "
            + "`GET accounts?$filter=Microsoft.Dynamics.CRM.ThisFiscalYear(PropertyName='createdon')` | 501 `0x80060888` |",
        "| full-text search | "
            + "`GET accounts?$filter=Microsoft.Dynamics.CRM.Contains(PropertyName='name',PropertyValue='a')` | 501 `0x80060888` |",
        "| hierarchy security | "
            + "`GET accounts?$filter=Microsoft.Dynamics.CRM.EqualUserOrUserHierarchy(PropertyName='ownerid')` | 501 `0x80060888` |",
        "| hierarchies of other tables than account, systemuser, and businessunit | "
            + "`GET"
            + " contacts?$filter=Microsoft.Dynamics.CRM.Under"
            + "(PropertyName='contactid',PropertyValue='00000000-0000-0000-0000-000000000001')` | 501 `0x80060888` |",
        "| content of file columns | `GET new_documents({id})/new_file/$value` | 501 `0x80060888` |",
        "| | `PATCH new_documents({id})/new_file` | 501 `0x80060888` |",
        "| | `POST InitializeFileBlocksUpload` | 404 `0x8006088a` |",
        "| full-size pictures | `GET new_documents({id})/new_photo/$value` | 501 `0x80060888` |",
        "| relationships of many rows to many | `POST accounts({id})/accountleads_association/$ref` | 404 `0x8006088a` |",
        "| changes of definitions, other than options of local choices | `POST EntityDefinitions` | 405 `0x80060888` |",
        "| labels of one language | `GET EntityDefinitions?LabelLanguages=1033` | 501 `0x80060888` |",
        "| other functions and actions | `GET RetrieveMetadataChanges(Query=@p1)?@p1={}` | 404 `0x8006088a` |",
        "| | `POST ExecuteWorkflow` | 404 `0x8006088a` |",
        "| bulk deletion later, repeatedly, or with a mail | "
            + "`POST BulkDelete`"
            + " `{\"JobName\":\"a\",\"QuerySet\":[{\"EntityName\":\"account\"}],\"RecurrencePattern\":\"FREQ=DAILY;\"}` | 501"
            + " `0x80040203` |",
        "| bulk deletion by joins | "
            + "`POST BulkDelete` `{\"JobName\":\"a\",\"QuerySet\":[{\"EntityName\":\"account\",\"LinkEntities\":[{}]}]}` | 501"
            + " `0x80040203` |",
    ];

    private DataverseClient client = null!;
    private Guid id;

    public static TheoryData<string> Data => [.. Lines];

    public async Task InitializeAsync()
    {
        client = await DataverseClient.StartAsync();
        id = client.Emulator.AddTable(new DataverseTableDefinition
        {
            LogicalName = "new_document",
            SetName = "new_documents",
            PrimaryName = "new_name",
            Columns =
            [
                DataverseColumn.Text("new_name", 100),
                new() { Name = "new_file", Type = DataverseColumnType.File },
                new() { Name = "new_photo", Type = DataverseColumnType.Image },
            ],
        }).Insert(("new_name", "D")).Id;
        client.Accounts.Insert(("accountid", id), ("name", "A"));
    }

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public void The_page_lists_exactly_these_lines()
    {
        var page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Dataverse", "dataverse-web-api.md"));
        var table = page.SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|')).ToList();

        table.Take(2).Should().Equal("| what | for example | answer |", "| --- | --- | --- |");
        table.Skip(2).Should().Equal(Lines);
    }

    [Theory]
    [MemberData(nameof(Data))]
    public async Task A_line_is_what_the_emulator_answers(string line)
    {
        var form = Form().Match(line);
        form.Success.Should().BeTrue();
        var url = form.Groups["url"].Value.Replace("{id}", $"{id}", StringComparison.Ordinal);
        var method = new HttpMethod(form.Groups["method"].Value);
        var body = form.Groups["body"] is { Success: true } given ? given.Value : "{}";

        var answer = await client.SendAsync(method, url, method == HttpMethod.Get ? null : body, []);

        answer.ShouldFail(int.Parse(form.Groups["status"].Value, null), form.Groups["code"].Value);
        client.Accounts.Rows.Should().ContainSingle();
    }

    [GeneratedRegex(
        "^\\| ([^|]* )?\\| `(?<method>[A-Z]+) (?<url>[^`]+)` (`(?<body>[^`]+)` )?\\| (?<status>[0-9]{3}) `(?<code>0x[0-9a-fA-F]{8})` \\|$")]
    private static partial Regex Form();
}
