using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>What the definitions of the service become.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_table_is_described_in_a_batch_or_without_one(bool answersBatches)
    {
        var schema = (await ReadAsync(new StubDefinitions { AnswersBatches = answersBatches }))!;

        (schema.Name, schema.KeyField, schema.KeepsChosenIds, schema.ReportsDeletions).Should().Be(("account", "accountid", true, true));
        schema.Fields.Select(field => (field.Name, field.Type)).Should().Contain(
        [
            ("accountid", FieldType.Identifier), ("name", FieldType.Text), ("creditlimit", FieldType.Decimal),
            ("numberofemployees", FieldType.Integer), ("creditonhold", FieldType.Boolean), ("paymenttermscode", FieldType.Choice),
            ("kinds", FieldType.MultiChoice), ("effort", FieldType.Duration), ("visit", FieldType.DateTime), ("founded", FieldType.Date),
            ("primarycontactid", FieldType.Reference), ("versionnumber", FieldType.Integer),
        ]);
        schema.Find("name")!.MaxLength.Should().Be(160);
        schema.Find("creditlimit")!.Scale.Should().Be(2);
        schema.Find("address1_latitude")!.Scale.Should().Be(5);
        schema.Find("visit")!.DateTimeBehavior.Should().Be(DateTimeBehavior.TimeZoneIndependent);
        schema.Find("paymenttermscode")!.Options.Select(option => (option.Value.AsInteger(), option.Label))
            .Should().Equal((1, "Option 1"), (2, "Option 2"));
        schema.Find("parentcustomerid")!.ReferencedTables.Should().Equal("account", "contact");
        schema.Find("modifiedon")!.CanUpdate.Should().BeFalse();
        schema.Find("kinds")!.Options.Should().HaveCount(3);
        schema.Find("effort")!.TimeResolution.Should().Be(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_missing_table_has_no_schema()
    {
        using var connector = new StubOrganization(new OrganizationResponse()).Connect();

        (await connector.GetSchemaAsync("no_such_table", default)).Should().BeNull();
        (await connector.GetSchemaAsync("No table!", default)).Should().BeNull();
    }

    [Fact]
    public async Task Rights_on_secured_columns_are_read()
    {
        var rights = new[]
        {
            new { AttributeId = StubDefinitions.IdOf("paymenttermscode"), CanRead = 4, CanCreate = 0, CanUpdate = 4 },
            new { AttributeId = StubDefinitions.IdOf("creditonhold"), CanRead = 0, CanCreate = 0, CanUpdate = 0 },
        };

        var schema = (await ReadAsync(new StubDefinitions { SecuredColumns = ["paymenttermscode", "creditonhold"], Rights = rights }))!;

        schema.Find("paymenttermscode").Should().BeEquivalentTo(new { CanRead = true, CanInsert = false, CanUpdate = true });
        schema.Find("creditonhold").Should().BeEquivalentTo(new { CanRead = false, CanInsert = false, CanUpdate = false });
        schema.Find("name")!.CanRead.Should().BeTrue();
    }

    [Fact]
    public async Task Without_rights_no_secured_column_is_readable()
    {
        var schema = (await ReadAsync(new StubDefinitions { SecuredColumns = ["creditonhold"] }))!;

        schema.Find("creditonhold")!.CanRead.Should().BeFalse();
    }

    [Fact]
    public async Task Identity_is_the_organization()
    {
        using var connector = new StubOrganization(new OrganizationResponse()).Connect();

        var identity = await connector.IdentifyAsync(default);

        identity.Should().Be(new SystemIdentity(StubDefinitions.Organization.ToString("D")));
        connector.Identity.Should().Be(identity!.Id, "the service does not tell its address");
    }

    [Fact]
    public void Identity_is_the_host_that_the_Web_API_connector_has_too()
    {
        using var connector = new StubOrganization(new OrganizationResponse())
            .Connect(options => options.EnvironmentUrl = new Uri("https://contoso.api.crm4.dynamics.com/"));

        connector.Identity.Should().Be("contoso.crm4.dynamics.com");
    }

    [Fact]
    public async Task Relationships_that_delete_are_told()
    {
        using var connector = new StubOrganization(new OrganizationResponse()).Connect();

        (await connector.GetCascadesAsync("account", default)).Should().Equal(new DeletionCascade("contact", "parentcustomerid"));
    }

    private static async Task<TableSchema?> ReadAsync(StubDefinitions definitions)
    {
        using var connector = new StubOrganization(_ => throw new NotSupportedException()) { Definitions = definitions }.Connect();
        return await connector.GetSchemaAsync("account", default);
    }
}
