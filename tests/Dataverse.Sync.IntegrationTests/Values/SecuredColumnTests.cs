using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.IntegrationTests.Values;

/// <summary>Columns with column security, over HTTP.</summary>
public sealed class SecuredColumnTests
{
    [Fact]
    public async Task A_column_that_is_secured_while_the_process_runs_contradicts_the_schema_and_is_unreadable_when_it_is_read_again()
    {
        await using var dataverse = await DataverseEmulator.StartAsync(new() { OmitsWithheldColumns = true });
        using var connector = Connect(dataverse);
        var accounts = dataverse.Table("account");
        var query = new RecordQuery
        {
            Table = "account",
            Ids = [accounts.Insert(("name", "Adatum"), ("telephone1", "1")).Id],
            Fields = ["name", "telephone1"],
        };
        (await connector.GetSchemaAsync("account", default))!.Find("telephone1")!.CanRead.Should().BeTrue();
        (await connector.ReadByIdAsync(query, default)).Single()["telephone1"].AsText().Should().Be("1");

        accounts.ChangeColumn("telephone1", column => column with { IsSecured = true });
        var read = () => connector.ReadByIdAsync(query, default);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.ContradictsSchema.Should().BeTrue();
        (await connector.GetSchemaAsync("account", default))!.Find("telephone1")!.CanRead.Should().BeFalse();
        (await connector.ReadByIdAsync(query, default)).Single()["telephone1"].IsBlank.Should().BeTrue();
    }

    [Fact]
    public async Task A_right_that_is_granted_while_the_process_runs_is_known_when_the_schema_is_read_again()
    {
        await using var dataverse = await DataverseEmulator.StartAsync();
        using var connector = Connect(dataverse);
        dataverse.Table("account").ChangeColumn("telephone1", column => column with { IsSecured = true });
        (await connector.GetSchemaAsync("account", default))!.Find("telephone1")!.Should()
            .BeEquivalentTo(new { CanRead = false, CanInsert = false, CanUpdate = false });

        dataverse.Security.Grant("account", "telephone1", canUpdate: false);

        (await connector.GetSchemaAsync("account", default))!.Find("telephone1")!.Should()
            .BeEquivalentTo(new { CanRead = true, CanInsert = true, CanUpdate = false });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_masked_column_is_unreadable_and_so_is_a_secured_text_whose_masks_are_unknown(bool isMasked)
    {
        await using var dataverse = await DataverseEmulator.StartAsync(new() { IsManagedEnvironment = true });
        using var connector = Connect(dataverse);
        dataverse.Table("account").ChangeColumn("telephone1", column => column with { IsSecured = true });
        dataverse.Security.Grant("account", "telephone1");
        if (isMasked)
        {
            dataverse.Security.Mask("account", "telephone1", _ => "###");
        }
        else
        {
            dataverse.WriteRules.Deny("attributemaskingrule", DataversePrivilege.Read);
        }

        var schema = (await connector.GetSchemaAsync("account", default))!;

        schema.Find("telephone1")!.CanRead.Should().BeFalse();
        schema.Find("fax")!.CanRead.Should().BeTrue();
    }

    private static WebApiConnector Connect(DataverseEmulator dataverse) =>
        new(new() { EnvironmentUrl = dataverse.BaseAddress, AccessToken = _ => new("token"), MaxRetries = 0 });
}
