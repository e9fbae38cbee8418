namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseCustomTableTests : IAsyncLifetime
{
    private DataverseClient client = null!;
    private DataverseTable projects = null!;

    internal static DataverseTableDefinition Project { get; } = new()
    {
        LogicalName = "new_project",
        SetName = "new_projects",
        PrimaryName = "new_name",
        Columns =
        [
            DataverseColumn.Text("new_name", 100),
            DataverseColumn.Text("new_number", 20),
            DataverseColumn.WholeNumber("new_year", 1900, 2100),
            DataverseColumn.Text("new_code", 10),
            DataverseColumn.Money("new_budget"),
            DataverseColumn.Lookup("new_accountid", "account", "new_AccountId"),
        ],
        AlternateKeys =
        [
            new("new_numberkey", "new_number"),
            new("new_yearkey", "new_year", "new_code"),
            new("new_accountkey", "new_accountid"),
        ],
    };

    public async Task InitializeAsync()
    {
        client = await DataverseClient.StartAsync();
        projects = client.Emulator.AddTable(Project);
    }

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public async Task A_custom_lookup_is_bound_by_its_schema_name()
    {
        var account = client.Accounts.Insert(("name", "A")).Id;

        (await client.PostAsync(
            "new_projects",
            $$"""{"new_name":"P","new_accountid@odata.bind":"/accounts({{account}})"}""")).ShouldFail(
                400, "0x80048d19");
        (await client.PostAsync(
            "new_projects",
            $$"""{"new_name":"P","new_AccountId@odata.bind":"/accounts({{account}})"}""")).Status.Should().Be(204);

        projects.Rows.Single()["new_accountid"].Should().Be(new DataverseReference("account", account));
    }

    [Fact]
    public async Task A_custom_table_has_system_columns_and_change_tracking()
    {
        var link =
            (await client.GetAsync("new_projects?$select=new_name", ("Prefer", "odata.track-changes"))).DeltaLink!;
        projects.Insert(("new_name", "P"), ("new_budget", 5));

        (await client.GetAsync(link)).Rows.Should().ContainSingle();
        projects.Rows.Single().Should().Match<DataverseRow>(row =>
            Equals(row["statecode"], 0) && row["ownerid"] != null && row["createdon"] != null
                && Equals(row["new_budget_base"], 5m));
    }

    [Fact]
    public async Task A_row_is_addressed_by_its_alternate_keys()
    {
        var id = projects.Insert(("new_number", "N'1"), ("new_year", 2026), ("new_code", "X")).Id;

        (await client.GetAsync(
            "new_projects(new_number='n''1')?$select=new_year")).Json["new_projectid"]!.GetValue<Guid>().Should().Be(
                id);
        (await client.GetAsync("new_projects(new_number=%27n%27%271%27)?$select=new_year")).Status.Should().Be(200);
        (await client.GetAsync("new_projects(new_code='X',new_year=2026)?$select=new_year")).Status.Should().Be(200);
        (await client.DeleteAsync("new_projects(new_number='N''1')")).Status.Should().Be(204);
        projects.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_lookup_in_a_key_is_the_bare_id()
    {
        var account = client.Accounts.Insert(("name", "A")).Id;
        var id = projects.Insert(("new_accountid", new DataverseReference("account", account))).Id;

        (await client.GetAsync(
            $"new_projects(_new_accountid_value={account})?$select=new_name")).Json["new_projectid"]!.GetValue<Guid>().Should().Be(id);
    }

    [Fact]
    public async Task An_upsert_by_key_creates_with_the_key_of_the_url_and_never_renames()
    {
        var created = await client.PatchAsync("new_projects(new_number='N1')", """{"new_name":"P"}""");
        await client.PatchAsync("new_projects(new_number='N1')", """{"new_name":"Q","new_number":"N2"}""");

        created.Status.Should().Be(204);
        created.Header("OData-EntityId").Should().Be($"{client.Root}new_projects(new_number='N1')");
        projects.Rows.Should().ContainSingle().Which.Should()
            .Match<DataverseRow>(row => Equals(row["new_number"], "N1") && Equals(row["new_name"], "Q"));
    }

    [Fact]
    public async Task When_an_upsert_by_key_creates_the_body_wins()
    {
        await client.PatchAsync("new_projects(new_number='N1')", """{"new_number":"N2"}""");

        projects.Rows.Single()["new_number"].Should().Be("N2");
    }

    [Fact]
    public async Task Errors_about_keys_have_codes_of_their_own()
    {
        projects.Insert(("new_number", "N1"));

        (await client.GetAsync("new_projects(new_number='N9')")).ShouldFail(404, "0x80060891");
        (await client.GetAsync("new_projects(new_name='P')")).ShouldFail(400, "0x80060888");
        (await client.PostAsync("new_projects", """{"new_number":"n1"}""")).ShouldFail(412, "0x80060892");
        (await client.PatchAsync("new_projects(new_number='N9')", "{}", ("If-Match", "*"))).ShouldFail(
            404, "0x80060891");
        (await client.GetAsync("new_projects(new_number='N%2F1')")).ShouldFail(400, "0x80060888");
        projects.Insert(("new_name", "no number"));
        projects.Insert(("new_name", "no number either"));
    }

    [Fact]
    public async Task A_key_can_be_freed_and_taken_again()
    {
        var id = projects.Insert(("new_number", "N1")).Id;

        projects.Update(id, ("new_number", "N2"));
        projects.Insert(("new_number", "N1"));
        projects.Delete(id);

        (await client.PostAsync("new_projects", """{"new_number":"N2"}""")).Status.Should().Be(204);
    }

    [Fact]
    public async Task Keys_work_in_bindings_and_bulk_upserts()
    {
        projects.Insert(("new_number", "N1"));
        client.Emulator.AddTable(new DataverseTableDefinition
        {
            LogicalName = "new_task",
            SetName = "new_tasks",
            PrimaryName = "new_name",
            ChangeTracking = false,
            OptimisticConcurrency = false,
            BulkMessages = false,
            Columns =
            [
                DataverseColumn.Text("new_name", 100),
                DataverseColumn.Lookup("new_projectid", "new_project", "new_ProjectId"),
            ],
        });

        (await client.PostAsync(
            "new_tasks", """{"new_ProjectId@odata.bind":"/new_projects(new_number='N1')"}""")).Status.Should().Be(204);
        (await client.PostAsync(
            "new_projects/Microsoft.Dynamics.CRM.UpsertMultiple",
            """{"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.new_project","@odata.id":"new_projects(new_number='N1')","new_name":"P"},{"@odata.type":"Microsoft.Dynamics.CRM.new_project","@odata.id":"new_projects(new_number='N2')","new_name":"Q"}]}""")).Status.Should().Be(204);
        (await client.PostAsync(
            "new_projects/Microsoft.Dynamics.CRM.UpsertMultiple",
            """{"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.new_project","@odata.id":"new_projects(new_number='N3')","new_number":"N3"}]}""")).ShouldFail(400, "0x80040216");
        (await client.GetAsync("new_tasks", ("Prefer", "odata.track-changes"))).ShouldFail(400, "0x80072491");
        projects.Rows.Select(row => row["new_name"]).Should().BeEquivalentTo(["P", "Q"]);
    }

    [Fact]
    public void A_definition_that_contradicts_itself_is_refused()
    {
        var nameless = Project with { LogicalName = "x", SetName = "xs", PrimaryName = "nothing" };
        var lost = Project with
        {
            LogicalName = "x",
            SetName = "xs",
            Columns = [DataverseColumn.Text("new_name", 1), DataverseColumn.Lookup("y", "nowhere")],
            AlternateKeys = [],
        };

        FluentActions.Invoking(() => client.Emulator.AddTable(nameless)).Should().Throw<ArgumentException>()
            .WithMessage("*'nothing'*");
        FluentActions.Invoking(() => client.Emulator.AddTable(lost)).Should().Throw<ArgumentException>()
            .WithMessage("*'nowhere'*");
        FluentActions.Invoking(() => client.Emulator.AddTable(Project)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => client.Emulator.Table("x")).Should().Throw<ArgumentException>();
    }
}
