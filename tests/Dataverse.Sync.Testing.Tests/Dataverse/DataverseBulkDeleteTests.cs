using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseBulkDeleteTests : IAsyncLifetime
{
    private DataverseClient client = null!;

    public async Task InitializeAsync()
    {
        client = await DataverseClient.StartAsync();
        client.Accounts.Insert(("name", "Adatum"), ("accountnumber", "1"), ("numberofemployees", 5));
        client.Accounts.Insert(("name", "Contoso"), ("accountnumber", "2"), ("numberofemployees", 50));
        client.Accounts.Insert(("name", "Fabrikam"), ("accountnumber", "3"));
    }

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public async Task A_job_deletes_what_its_query_finds_and_is_completed()
    {
        var answer = await DeleteAsync("account", Condition("accountnumber", "Equal", "2"));

        answer.Status.Should().Be(200, answer.Text);
        answer.Json["@odata.context"]!.GetValue<string>().Should()
            .Be($"{client.Root}$metadata#Microsoft.Dynamics.CRM.BulkDeleteResponse");
        var job = (await client.GetAsync(
            $"asyncoperations({answer.Json["JobId"]!.GetValue<Guid>()})?$select=name,operationtype,statecode,statuscode,message")).Json;
        job["name"]!.GetValue<string>().Should().Be("clean up");
        job["operationtype"]!.GetValue<int>().Should().Be(13);
        job["statecode"]!.GetValue<int>().Should().Be(3);
        job["statuscode"]!.GetValue<int>().Should().Be(30);
        Numbers().Should().Be("13");
    }

    [Fact]
    public async Task The_body_of_the_services_own_python_client_is_understood()
    {
        var ids = client.Accounts.Rows.Where(row => !Equals(row["accountnumber"], "3")).Select(row => row.Id);

        var answer = await client.PostAsync("BulkDelete", $$"""
            {
              "JobName": "Bulk delete account records", "SendEmailNotification": false, "ToRecipients": [], "CCRecipients": [],
              "RecurrencePattern": "", "StartDateTime": "2020-01-01T00:00:00Z",
              "QuerySet": [{
                "@odata.type": "Microsoft.Dynamics.CRM.QueryExpression", "EntityName": "account",
                "ColumnSet": { "@odata.type": "Microsoft.Dynamics.CRM.ColumnSet", "AllColumns": false, "Columns": [] },
                "Criteria": {
                  "@odata.type": "Microsoft.Dynamics.CRM.FilterExpression", "FilterOperator": "And",
                  "Conditions": [{
                    "@odata.type": "Microsoft.Dynamics.CRM.ConditionExpression", "AttributeName": "accountid", "Operator": "In",
                    "Values": [{{string.Join(',', ids.Select(id => $$"""{"Value":"{{id}}","Type":"System.Guid"}"""))}}]
                  }]
                }
              }]
            }
            """);

        answer.Status.Should().Be(200, answer.Text);
        Numbers().Should().Be("3");
    }

    [Theory]
    [InlineData("name", "Equal", "CONTOSO", "13")]
    [InlineData("name", "NotEqual", "Contoso", "2")]
    [InlineData("numberofemployees", "GreaterThan", "5", "13")]
    [InlineData("numberofemployees", "GreaterEqual", "5", "3")]
    [InlineData("numberofemployees", "LessThan", "50", "23")]
    [InlineData("numberofemployees", "LessEqual", "50", "3")]
    [InlineData("numberofemployees", "NotEqual", "5", "1")]
    [InlineData("numberofemployees", "Null", null, "12")]
    [InlineData("numberofemployees", "NotNull", null, "3")]
    [InlineData("name", "Like", "%o%", "13")]
    [InlineData("name", "BeginsWith", "fab", "12")]
    [InlineData("name", "EndsWith", "um", "23")]
    [InlineData("createdon", "Today", null, "")]
    [InlineData("createdon", "Yesterday", null, "123")]
    [InlineData("createdon", "LastXDays", "1", "")]
    [InlineData("ownerid", "NotEqualUserId", null, "")]
    public async Task An_operator_finds_its_rows(string column, string @operator, string? value, string left)
    {
        var answer = await DeleteAsync("account", Condition(column, @operator, value is null ? [] : [value]));

        answer.Status.Should().Be(200, answer.Text);
        Numbers().Should().Be(left);
    }

    [Theory]
    [InlineData("In", "1,3", "2")]
    [InlineData("NotIn", "1,3", "13")]
    [InlineData("Between", "2,3", "1")]
    [InlineData("NotBetween", "2,3", "23")]
    public async Task An_operator_takes_several_values(string @operator, string values, string left)
    {
        (await DeleteAsync("account", Condition("accountnumber", @operator, values.Split(',')))).Status.Should().Be(200);

        Numbers().Should().Be(left);
    }

    [Fact]
    public async Task Filters_are_nested_and_joined_by_their_operators()
    {
        var nested = $$"""
            {"FilterOperator":"Or","Conditions":[{{Condition("name", "Equal", "Adatum")}}],
             "Filters":[{"FilterOperator":"And","Conditions":[
               {{Condition("name", "Equal", "Contoso")}},{{Condition("accountnumber", "Equal", "9")}}]}]}
            """;

        (await PostAsync($$"""[{"EntityName":"account","Criteria":{{nested}}}]""")).Status.Should().Be(200);

        Numbers().Should().Be("23");
    }

    [Fact]
    public async Task Several_queries_and_a_query_without_criteria_are_carried_out()
    {
        client.Contacts.Insert(("lastname", "L"));

        (await PostAsync("""[{"EntityName":"account"},{"EntityName":"contact","Criteria":null}]""")).Status.Should().Be(200);

        client.Accounts.Rows.Should().BeEmpty();
        client.Contacts.Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task Cascades_and_restrictions_hold_for_each_row_and_deletions_are_tracked()
    {
        var currencies = client.Emulator.Table("transactioncurrency");
        var used = currencies.Insert(
            ("currencyname", "Euro"), ("isocurrencycode", "EUR"), ("currencysymbol", "€"), ("currencyprecision", 2),
            ("exchangerate", 1m)).Id;
        var free = currencies.Insert(
            ("currencyname", "Pound"), ("isocurrencycode", "GBP"), ("currencysymbol", "£"), ("currencyprecision", 2),
            ("exchangerate", 1m)).Id;
        var account = client.Accounts.Insert(
            ("name", "A"), ("accountnumber", "9"), ("transactioncurrencyid", new DataverseReference("transactioncurrency", used))).Id;
        var contact = client.Contacts.Insert(
            ("lastname", "L"), ("parentcustomerid", new DataverseReference("account", account))).Id;
        var contacts = (await client.GetAsync("contacts?$select=lastname", ("Prefer", "odata.track-changes"))).DeltaLink!;

        (await DeleteAsync("transactioncurrency", Condition("transactioncurrencyid", "In", $"{used}", $"{free}"))).Status.Should().Be(200);
        (await DeleteAsync("account", Condition("accountnumber", "Equal", "9"))).Status.Should().Be(200);

        currencies.Rows.Select(row => row.Id).Should().Contain(used).And.NotContain(free);
        (await client.GetAsync(contacts)).Rows.Should().ContainSingle().Which["id"]!.GetValue<Guid>().Should().Be(contact);
    }

    [Fact]
    public async Task A_row_that_a_plug_in_protects_stays_and_the_others_go()
    {
        client.Emulator.WriteRules.Reject(
            write => write.Kind == DataverseWriteKind.Delete && Equals(write.Before?["accountnumber"], "1"),
            DataverseRejection.PlugIn("protected"));

        var answer = await PostAsync("""[{"EntityName":"account"}]""");

        var job = (await client.GetAsync($"asyncoperations({answer.Json["JobId"]!.GetValue<Guid>()})?$select=message,statuscode")).Json;
        job["message"]!.GetValue<string>().Should().Be("2 deleted, 1 failed.");
        Numbers().Should().Be("1");
    }

    [Theory]
    [InlineData("""{"QuerySet":[{"EntityName":"nothing"}],"JobName":"x"}""", 404, "0x80041102")]
    [InlineData("""{"QuerySet":[],"JobName":"x"}""", 400, "0x80040203")]
    [InlineData("""{"JobName":"x"}""", 400, "0x80040203")]
    [InlineData("""{"QuerySet":[{"EntityName":"account"}]}""", 400, "0x80048d19")]
    [InlineData("""{"QuerySet":{"EntityName":"account"},"JobName":"x"}""", 400, "0x80048d19")]
    [InlineData("""{"QuerySet":[5],"JobName":"x"}""", 400, "0x80048d19")]
    [InlineData("""{"QuerySet":[{"EntityName":"account"}],"JobName":"x","Nonsense":1}""", 400, "0x80048d19")]
    [InlineData("""{"QuerySet":[{"EntityName":"account","Nonsense":1}],"JobName":"x"}""", 400, "0x80048d19")]
    [InlineData("""{"QuerySet":[{"EntityName":"account","TopCount":1}],"JobName":"x"}""", 501, "0x80040203")]
    [InlineData("""{"QuerySet":[{"EntityName":"account","LinkEntities":[{}]}],"JobName":"x"}""", 501, "0x80040203")]
    [InlineData("""{"QuerySet":[{"EntityName":"account","DataSource":"retained"}],"JobName":"x"}""", 501, "0x80040203")]
    [InlineData("""{"QuerySet":[{"EntityName":"account"}],"JobName":"x","RecurrencePattern":"FREQ=DAILY;"}""", 501, "0x80040203")]
    [InlineData("""{"QuerySet":[{"EntityName":"account"}],"JobName":"x","SendEmailNotification":true}""", 501, "0x80040203")]
    [InlineData("""{"QuerySet":[{"EntityName":"account"}],"JobName":"x","StartDateTime":"2999-01-01T00:00:00Z"}""", 501, "0x80040203")]
    [InlineData("""{"QuerySet":[{"EntityName":"account"}],"JobName":"x","StartDateTime":"soon"}""", 400, "0x80048d19")]
    [InlineData("""{"QuerySet":[{"EntityName":"asyncoperation"}],"JobName":"x"}""", 400, "0x80040203")]
    [InlineData("""{"QuerySet":[{"EntityName":"account","Criteria":{"FilterOperator":"Xor"}}],"JobName":"x"}""", 400, "0x80048d19")]
    [InlineData("""{"QuerySet":[{"EntityName":"account","Criteria":{"Conditions":[{"Operator":"Null"}]}}],"JobName":"x"}""", 400, "0x80048d19")]
    [InlineData(
        """{"QuerySet":[{"EntityName":"account","Criteria":{"Conditions":[{"AttributeName":"nam","Operator":"Null"}]}}],"JobName":"x"}""",
        400, "0x80060888")]
    [InlineData(
        """{"QuerySet":[{"EntityName":"account","Criteria":{"Conditions":[{"AttributeName":"name","Operator":"Equal"}]}}],"JobName":"x"}""",
        400, "0x80040203")]
    [InlineData(
        """{"QuerySet":[{"EntityName":"account","Criteria":{"Conditions":[{"AttributeName":"name","Operator":"Equal","Values":["A"]}]}}],"JobName":"x"}""",
        400, "0x80048d19")]
    [InlineData(
        """{"QuerySet":[{"EntityName":"account","Criteria":{"Conditions":[{"AttributeName":"name","Operator":"NotLike","Values":[{"Value":"A"}]}]}}],"JobName":"x"}""",
        501, "0x80040203")]
    [InlineData("""[]""", 400, "0x80048d19")]
    public async Task A_job_that_cannot_be_carried_out_as_it_is_meant_is_refused(string body, int status, string code)
    {
        (await client.PostAsync("BulkDelete", body)).ShouldFail(status, code);
        Numbers().Should().Be("123");
    }

    [Fact]
    public async Task A_job_is_posted_outside_of_change_sets_and_is_not_written_by_clients()
    {
        (await client.GetAsync("BulkDelete")).ShouldFail(404, "");
        (await client.PostAsync("asyncoperations", """{"name":"x"}""")).ShouldFail(405, "0x80060888");
        (await client.PostAsync("accounts/Microsoft.Dynamics.CRM.DeleteMultiple", """{"Targets":[]}""")).ShouldFail(501, "0x80040203");
    }

    private static string Condition(string column, string @operator, params string[] values) => new JsonObject
    {
        ["AttributeName"] = column,
        ["Operator"] = @operator,
        ["Values"] = new JsonArray(
            [.. values.Select(value => (JsonNode)new JsonObject { ["Value"] = value, ["Type"] = "System.String" })]),
    }.ToJsonString();

    private Task<DataverseAnswer> DeleteAsync(string table, string condition) => PostAsync(
        $$$"""[{"EntityName":"{{{table}}}","Criteria":{"FilterOperator":"And","Conditions":[{{{condition}}}],"Filters":[]}}]""");

    private Task<DataverseAnswer> PostAsync(string queries) =>
        client.PostAsync("BulkDelete", $$"""{"QuerySet":{{queries}},"JobName":"clean up","SendEmailNotification":false}""");

    private string Numbers() => string.Concat(client.Accounts.Rows.Select(row => (string?)row["accountnumber"]).Order());
}
