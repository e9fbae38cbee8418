namespace Dataverse.Sync.Testing.Tests;

/// <summary>Secured columns, masks, and rows that the caller may not see.</summary>
public sealed class DataverseSecurityTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_secured_column_without_the_right_to_read_looks_empty_or_is_missing(bool omits)
    {
        await using var client = await StartAsync(new() { OmitsWithheldColumns = omits });
        var id = client.Accounts.Insert(("name", "A"), ("telephone1", "1")).Id;

        foreach (var url in new[] { $"accounts({id})?$select=name,telephone1", "accounts?$select=name,telephone1" })
        {
            var answer = (await client.GetAsync(url)).Json;
            var row = (answer["value"]?[0] ?? answer).AsObject();
            row.ContainsKey("telephone1").Should().Be(!omits);
            row["telephone1"].Should().BeNull();
        }

        (await client.GetAsync($"accounts({id})/telephone1")).Status.Should().Be(204);
        client.Accounts.Get(id)["telephone1"].Should().Be("1", "the value is there");
    }

    [Fact]
    public async Task A_right_to_read_shows_the_values_to_that_user()
    {
        await using var client = await StartAsync();
        var id = client.Accounts.Insert(("name", "A"), ("telephone1", "1")).Id;

        client.Emulator.Security.Grant("account", "telephone1", user: client.Emulator.UserId);

        ((string?)(await client.GetAsync($"accounts({id})")).Json["telephone1"]).Should().Be("1");
    }

    [Fact]
    public async Task A_change_feed_withholds_the_values_too()
    {
        await using var client = await StartAsync();
        client.Accounts.Insert(("name", "A"), ("telephone1", "1"));

        var rows = (await client.GetAsync("accounts?$select=telephone1", ("Prefer", "odata.track-changes"))).Rows;

        rows.Single()["telephone1"].Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_filter_by_a_withheld_column_is_refused_or_sees_an_empty_column(bool refuses)
    {
        await using var client = await StartAsync(new() { RefusesFiltersOnWithheldColumns = refuses });
        client.Accounts.Insert(("name", "A"), ("telephone1", "1"));

        var answer = await client.GetAsync("accounts?$select=name&$filter=telephone1 eq '1'");

        if (refuses)
        {
            answer.ShouldFail(403, "0x8004F504");
        }
        else
        {
            answer.Rows.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Writes_without_the_right_are_refused_whole()
    {
        await using var client = await StartAsync();
        client.Emulator.Security.Grant("account", "telephone1", canCreate: false, canUpdate: false);
        var id = client.Accounts.Insert(("name", "A")).Id;

        (await client.PostAsync("accounts", """{"name":"B","telephone1":"2"}""")).ShouldFail(403, "0x8004F502");
        (await client.PatchAsync($"accounts({id})", """{"name":"B","telephone1":null}""")).ShouldFail(403, "0x8004F507");

        client.Accounts.Rows.Single()["name"].Should().Be("A");
        (await client.PatchAsync($"accounts({id})", """{"name":"B"}""")).Status.Should().Be(204);
    }

    [Fact]
    public async Task The_rights_of_a_user_are_listed_by_the_ids_of_the_columns()
    {
        await using var client = await StartAsync();
        client.Emulator.Security.Grant("account", "telephone1", canUpdate: false);
        var url = $"systemusers({client.Emulator.UserId})/Microsoft.Dynamics.CRM.RetrievePrincipalAttributePrivileges()";

        var right = (await client.GetAsync(url)).Json["AttributePrivileges"]!.AsArray().Single()!;

        var column = (await client.GetAsync(
            "EntityDefinitions(LogicalName='account')/Attributes?$select=LogicalName,MetadataId,IsSecured")).Rows
            .Single(item => (string?)item["LogicalName"] == "telephone1");
        ((bool)column["IsSecured"]!).Should().BeTrue();
        ((string?)right["AttributeId"], (int)right["CanRead"]!, (int)right["CanCreate"]!, (int)right["CanUpdate"]!)
            .Should().Be(((string?)column["MetadataId"], 4, 4, 0));

        client.Emulator.Security.CanReadUsers = false;
        (await client.GetAsync(url)).ShouldFail(403, "0x80040220");
    }

    [Fact]
    public async Task A_mask_is_shown_as_the_value_and_named_by_a_rule()
    {
        await using var client = await StartAsync(new() { IsManagedEnvironment = true });
        client.Emulator.Security.Grant("account", "telephone1");
        client.Emulator.Security.Mask("account", "telephone1", text => "###" + text[^2..]);
        var id = client.Accounts.Insert(("name", "A"), ("telephone1", "55501")).Id;

        ((string?)(await client.GetAsync($"accounts({id})")).Json["telephone1"]).Should().Be("###01");
        var rules = await client.GetAsync("attributemaskingrules?$filter=entityname eq 'account'");
        ((string?)rules.Rows.Single()["attributelogicalname"]).Should().Be("telephone1");
    }

    [Fact]
    public async Task Only_a_managed_environment_has_masks()
    {
        await using var client = await StartAsync();

        (await client.GetAsync("attributemaskingrules")).Status.Should().Be(404);
        client.Emulator.Security.Invoking(security => security.Mask("account", "name", text => text)).Should()
            .Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task A_hidden_row_is_left_out_of_queries_and_refused_by_id()
    {
        await using var client = await StartAsync();
        var hidden = client.Accounts.Insert(("name", "Hidden")).Id;
        var shown = client.Accounts.Insert(("name", "Shown")).Id;
        client.Contacts.Insert(
            ("lastname", "C"), ("parentcustomerid", new DataverseReference("account", hidden)));
        client.Emulator.Security.Hide("account", row => row.Id == hidden);

        (await client.GetAsync("accounts?$select=name")).Rows.Single()["name"]!.ToString().Should().Be("Shown");
        (await client.GetAsync($"accounts({hidden})")).ShouldFail(403, "0x80048306");
        (await client.GetAsync($"accounts({Guid.NewGuid()})")).ShouldFail(404, "0x80040217");
        (await client.PatchAsync($"accounts({hidden})", """{"name":"B"}""")).ShouldFail(403, "0x80048306");
        (await client.DeleteAsync($"accounts({hidden})")).ShouldFail(403, "0x80048306");
        (await client.GetAsync("contacts?$expand=parentcustomerid_account")).Rows.Single()["parentcustomerid_account"].Should()
            .BeNull();
        (await client.GetAsync($"accounts({shown})")).Status.Should().Be(200);

        client.Emulator.Security.Show("account");
        (await client.GetAsync($"accounts({hidden})")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Change_tracking_needs_the_whole_organization()
    {
        await using var client = await StartAsync();
        client.Accounts.Insert(("name", "A"));
        var link = (await client.GetAsync("accounts?$select=name", ("Prefer", "odata.track-changes"))).DeltaLink!;

        client.Emulator.Security.Hide("account", _ => false);

        (await client.GetAsync(link)).ShouldFail(403, "0x80040220");
        (await client.GetAsync("accounts?$select=name")).Rows.Should().ContainSingle();
    }

    private static async Task<DataverseClient> StartAsync(DataverseEmulatorOptions? options = null)
    {
        var client = await DataverseClient.StartAsync(options);
        client.Accounts.ChangeColumn("telephone1", column => column with { IsSecured = true });
        return client;
    }
}
