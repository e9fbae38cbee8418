namespace Dataverse.Sync.BusinessCentral.Tests.Schema;

public sealed class SchemaTests
{
    [Fact]
    public async Task Schema_joins_metadata_with_what_is_known_of_the_table()
    {
        using var service = StubService.Answering("{}");

        var schema = (await service.Connector.GetSchemaAsync("customers", default))!;

        schema.KeyField.Should().Be("id");
        schema.BusinessKeyField.Should().Be("number");
        schema.IsWritable.Should().BeTrue();
        schema.ReportsDeletions.Should().BeFalse();
        schema.KeepsChosenIds.Should().BeFalse();
        schema.Fields.Select(field => field.Name).Should().StartWith(["id", "number", "displayName", "type"]);
        schema.Find("number")!.Should().BeEquivalentTo(new { Type = FieldType.Text, MaxLength = 20, IsCode = true, CanInsert = true, CanUpdate = true });
        schema.Find("displayName")!.Should().BeEquivalentTo(new { MaxLength = 100, IsRequired = true, IsCode = false });
        schema.Find("taxRegistrationNumber")!.MaxLength.Should().Be(20);
        schema.Find("blocked")!.Type.Should().Be(FieldType.Choice);
        schema.Find("blocked")!.Options.Select(option => option.Label).Should().Equal("Ship", "Invoice", "All");
        foreach (var readOnly in new[] { "id", "balanceDue", "lastModifiedDateTime" })
        {
            schema.Find(readOnly)!.Should().BeEquivalentTo(new { CanInsert = false, CanUpdate = false });
        }
    }

    [Fact]
    public async Task Schema_is_the_same_where_the_metadata_names_types_by_an_alias()
    {
        var aliased = StubService.Metadata.Replace("Namespace=\"Microsoft.NAV\"", "Namespace=\"Microsoft.NAV\" Alias=\"Self\"", StringComparison.Ordinal)
            .Replace("=\"Microsoft.NAV.", "=\"Self.", StringComparison.Ordinal)
            .Replace("(Microsoft.NAV.", "(Self.", StringComparison.Ordinal);
        using var plain = StubService.Answering("{}");
        using var service = StubService.Answering("{}", metadata: aliased);

        foreach (var table in new[] { "customers", "projects", "contactsInformation" })
        {
            var schema = await service.Connector.GetSchemaAsync(table, default);

            schema.Should().BeEquivalentTo(await plain.Connector.GetSchemaAsync(table, default));
        }
    }

    [Fact]
    public async Task Schema_of_a_custom_page_follows_the_options()
    {
        using var service = StubService.Answering("{}", options => options.Tables["jobs"] = new()
        {
            Route = "contoso/sync/v1.0",
            EntitySet = "projects",
            KeepsChosenIds = true,
            ModifiedOnField = "systemModifiedAt",
            Fields = { ["hours"] = new() { CanUpdate = false } },
        });

        var schema = (await service.Connector.GetSchemaAsync("jobs", default))!;

        schema.Name.Should().Be("jobs");
        schema.KeepsChosenIds.Should().BeTrue();
        schema.BusinessKeyField.Should().Be("code");
        schema.Fields.Select(field => field.Name).Should().Equal("id", "code", "status", "startDate", "startedAt", "hours", "systemModifiedAt");
        schema.Find("id")!.Should().BeEquivalentTo(new { CanInsert = true, CanUpdate = false });
        schema.Find("status")!.Options.Select(option => option.Label).Should().Equal("On Hold");
        schema.Find("hours")!.Should().BeEquivalentTo(new { Type = FieldType.Integer, CanInsert = true, CanUpdate = false });
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("companies")]
    [InlineData("Customers")]
    public async Task Schema_of_an_unknown_table_is_null(string table)
    {
        using var service = StubService.Answering("{}");

        (await service.Connector.GetSchemaAsync(table, default)).Should().BeNull();
    }

    [Fact]
    public async Task Settings_that_contradict_the_metadata_are_reported_together()
    {
        using var service = StubService.Answering("{}", options => options.Tables["customers"] = new()
        {
            KeyField = "number",
            ModifiedOnField = "city",
            Fields = { ["surname"] = new() { IsCode = true } },
        });

        var read = () => service.Connector.GetSchemaAsync("customers", default);

        (await read.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("CRONUS", true)]
    [InlineData("cronus", true)]
    [InlineData("Shown", true)]
    [InlineData("11111111-2222-3333-4444-555555555555", true)]
    [InlineData("Twin", false)]
    [InlineData("Nobody", false)]
    [InlineData("12345678-2222-3333-4444-555555555555", false)]
    public async Task A_company_is_found_by_id_name_or_display_name(string company, bool isFound)
    {
        using var service = StubService.Answering("{}", options => options.Company = company);

        var read = () => service.Connector.GetSchemaAsync("customers", default);

        if (isFound)
        {
            (await read()).Should().NotBeNull();
        }
        else
        {
            (await read.Should().ThrowAsync<ConnectorException>()).Which.Message.Should().Contain($"'{company}'");
        }
    }

    [Fact]
    public async Task Metadata_and_companies_are_read_once()
    {
        var handler = new StubHandler(request => StubHandler.Json(request.Address.AbsolutePath.EndsWith("/companies", StringComparison.Ordinal)
            ? $$"""{"value":[{"id":"{{StubService.Company}}","name":"CRONUS","displayName":""}]}"""
            : StubService.Metadata));
        using var connector = new BusinessCentralConnector(new()
        {
            BaseAddress = new Uri($"{StubService.Origin}/api/v2.0"),
            Company = "CRONUS",
            AccessToken = _ => new("t"),
            HttpMessageHandler = handler,
            QueryOptions = { ["tenant"] = "one two" },
        });

        await Task.WhenAll(new[] { "customers", "projects" }.Select(table => connector.GetSchemaAsync(table, default)));
        _ = await connector.GetSchemaAsync("vendors", default);

        handler.Requests.Select(request => request.Address.PathAndQuery).Should().Equal(
            "/api/v2.0/companies?$select=id%2Cname%2CdisplayName&tenant=one%20two",
            "/api/v2.0/$metadata?tenant=one%20two");
        handler.Requests[1].Headers["Accept"].Should().Be("application/xml");
    }

    [Fact]
    public async Task Schema_of_a_table_that_is_asked_for_again_is_read_again_once_for_all_tables()
    {
        var metadata = StubService.Metadata;
        var reads = 0;
        var handler = new StubHandler(request =>
        {
            if (request.Address.AbsolutePath.EndsWith("/companies", StringComparison.Ordinal))
            {
                return StubHandler.Json($$"""{"value":[{"id":"{{StubService.Company}}","name":"CRONUS","displayName":""}]}""");
            }

            reads++;
            return StubHandler.Json(metadata);
        });
        using var connector = new BusinessCentralConnector(new()
        {
            BaseAddress = new Uri($"{StubService.Origin}/api/v2.0"),
            Company = "CRONUS",
            AccessToken = _ => new("t"),
            HttpMessageHandler = handler,
        });
        _ = await connector.GetSchemaAsync("customers", default);
        _ = await connector.GetSchemaAsync("vendors", default);
        metadata = metadata.Replace("""Name="city" Type="Edm.String" MaxLength="30" />""", """Name="city" Type="Edm.String" MaxLength="50" />""", StringComparison.Ordinal);

        var customers = await connector.GetSchemaAsync("customers", default);
        var vendors = await connector.GetSchemaAsync("vendors", default);

        (customers!.Find("city")!.MaxLength, vendors!.Find("city")!.MaxLength, reads).Should().Be((50, 50, 2));
    }

    [Theory]
    [InlineData("<html><p>")]
    [InlineData("{}")]
    [InlineData("<a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")]
    public async Task Metadata_that_is_none_is_malformed(string metadata)
    {
        using var connector = new BusinessCentralConnector(new()
        {
            BaseAddress = new Uri($"{StubService.Origin}/api/v2.0"),
            Company = StubService.Company,
            AccessToken = _ => new("t"),
            HttpMessageHandler = new StubHandler(request => StubHandler.Json(request.Address.AbsolutePath.EndsWith("/companies", StringComparison.Ordinal)
                ? $$"""{"value":[{"id":"{{StubService.Company}}","name":"CRONUS","displayName":""}]}"""
                : metadata)),
        });

        var read = () => connector.GetSchemaAsync("customers", default);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }
}
