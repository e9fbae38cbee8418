namespace Dataverse.Sync.WebApi.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task Schema_of_a_table_that_is_asked_for_again_is_read_again()
    {
        var lengths = new Queue<int>([160, 100]);
        var service = new StubService
        {
            Definitions = new StubDefinitions
            {
                Rewrite = (query, body) => query.Contains("StringAttributeMetadata", StringComparison.Ordinal)
                    ? body.Replace("\"name\",\"MaxLength\":160", $"\"name\",\"MaxLength\":{lengths.Dequeue()}", StringComparison.Ordinal)
                    : body,
            },
        };
        using var connector = service.Connect();
        _ = await connector.GetSchemaAsync("account", default);

        var schema = await connector.GetSchemaAsync("account", default);

        schema!.Find("name")!.MaxLength.Should().Be(100);
        service.DefinitionRequests.Should().HaveCount(2);
    }

    [Fact]
    public async Task GetSchema_reads_everything_in_one_request_and_once()
    {
        var service = new StubService();
        using var connector = service.Connect();

        _ = await connector.GetSchemaAsync("contact", default);
        _ = await connector.ReadByIdAsync(new RecordQuery { Table = "contact", Fields = [], Ids = [] }, default);

        var request = service.DefinitionRequests.Should().ContainSingle().Subject;
        request.Line.Should().Be("POST $batch");
        request.Headers.Should().Contain("If-None-Match", "null").And.Contain("OData-Version", "4.0").And.Contain("OData-MaxVersion", "4.0")
            .And.Contain("Accept", "multipart/mixed, application/json").And.Contain("Prefer", "odata.continue-on-error").And.Contain("Authorization", "Bearer secret");
        const string table = "GET EntityDefinitions(LogicalName='contact')";
        const string cast = table + "/Attributes/Microsoft.Dynamics.CRM.";
        request.Parts.Should().Equal(
            table + "?$select=LogicalName,EntitySetName,PrimaryIdAttribute,ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled",
            table + "/Attributes?$select=LogicalName,MetadataId,AttributeType,AttributeTypeName,AttributeOf,IsValidForCreate,IsValidForUpdate,IsValidForRead,IsSecured,RequiredLevel",
            table + "/ManyToOneRelationships?$select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName",
            "GET sdkmessagefilters?$select=sdkmessagefilterid&$filter=sdkmessageid/name eq 'CreateMultiple' and primaryobjecttypecode eq 'contact'",
            cast + "MultiSelectPicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet",
            "GET organizations?$select=fullnameconventioncode,pricingdecimalprecision,basecurrencyprecision",
            "GET transactioncurrencies?$select=currencyprecision",
            "GET attributemaskingrules?$select=attributelogicalname&$filter=entityname eq 'contact'",
            "GET WhoAmI",
            cast + "StringAttributeMetadata?$select=LogicalName,MaxLength",
            cast + "MemoAttributeMetadata?$select=LogicalName,MaxLength",
            cast + "DateTimeAttributeMetadata?$select=LogicalName,DateTimeBehavior",
            cast + "IntegerAttributeMetadata?$select=LogicalName,Format",
            cast + "DecimalAttributeMetadata?$select=LogicalName,Precision",
            cast + "DoubleAttributeMetadata?$select=LogicalName,Precision",
            cast + "MoneyAttributeMetadata?$select=LogicalName,Precision,PrecisionSource,IsBaseCurrency",
            cast + "PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet",
            cast + "StateAttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet",
            cast + "StatusAttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet");
    }

    [Theory]
    [InlineData("entityimage", "an image column")]
    [InlineData("entityimage_url", "a column that accompanies column 'entityimage'")]
    [InlineData("customertypecodename", "a column that accompanies column 'customertypecode'")]
    [InlineData("new_contract", "a file column")]
    [InlineData("new_hidden", "a virtual column")]
    [InlineData("new_parties", "a list of parties")]
    [InlineData("new_rules", "a list of calendar rules")]
    [InlineData("new_managed", "a managed property")]
    [InlineData("owneridtype", "a column that names a table")]
    [InlineData("new_invented", "a column of the type Invented")]
    public async Task GetSchema_describes_every_column_that_cannot_be_synchronized(string column, string description)
    {
        var schema = await ReadAsync("account", new StubDefinitions());

        schema.Find(column).Should().BeNull();
        schema.FindUnsupported(column)!.Description.Should().Be(description);
        schema.FindUnsupported(column)!.Reason.Should().EndWith(".");
    }

    [Fact]
    public async Task GetSchema_translates_columns_to_fields()
    {
        var schema = await ReadAsync("contact", new StubDefinitions());

        schema.KeyField.Should().Be("contactid");
        (schema.KeepsChosenIds, schema.ReportsDeletions, schema.IsWritable, schema.BusinessKeyField).Should().Be((true, true, true, null));
        schema.Fields.Select(field => (field.Name, field.Type)).Should().BeEquivalentTo(
        [
            ("contactid", FieldType.Identifier), ("fullname", FieldType.Text), ("firstname", FieldType.Text), ("middlename", FieldType.Text), ("lastname", FieldType.Text),
            ("birthdate", FieldType.Date), ("description", FieldType.Text), ("customertypecode", FieldType.Choice), ("new_colors", FieldType.MultiChoice), ("new_effort", FieldType.Duration),
            ("donotphone", FieldType.Boolean), ("numberofemployees", FieldType.Integer), ("creditlimit", FieldType.Decimal), ("creditlimit_base", FieldType.Decimal),
            ("lastused", FieldType.DateTime), ("modifiedon", FieldType.DateTime), ("statecode", FieldType.Choice), ("statuscode", FieldType.Choice),
            ("ownerid", FieldType.Reference), ("transactioncurrencyid", FieldType.Reference), ("parentcustomerid", FieldType.Reference),
        ]);
        schema.Find("contactid")!.Should().BeEquivalentTo(new { CanInsert = true, CanUpdate = false, IsRequired = false });
        schema.Find("modifiedon")!.Should().BeEquivalentTo(new { CanInsert = false, CanUpdate = false });
        schema.Find("description")!.MaxLength.Should().Be(2000);
        schema.Find("new_colors")!.Options.Select(option => option.Label).Should().Equal("Red", "Blue");
        schema.Find("new_effort")!.TimeResolution.Should().Be(TimeSpan.FromMinutes(1));
        schema.Find("customertypecode")!.Options.Select(option => (option.Value, option.Label)).Should().Equal((FieldValue.Integer(3), "Customer"), (FieldValue.Integer(11), "Vendor"));
        schema.Find("ownerid")!.Should().BeEquivalentTo(new { IsRequired = false, ReferencedTables = new[] { "systemuser", "team" } });
        schema.Find("parentcustomerid")!.ReferencedTables.Should().Equal("account", "contact");
        schema.Find("statecode")!.CanInsert.Should().BeTrue("the connector creates the record and sets its state");
    }

    [Theory]
    [InlineData(5, true, 152)]
    [InlineData(1, true, 101)]
    [InlineData(null, true, 101)]
    [InlineData(0, false, 160)]
    public async Task GetSchema_offers_the_full_name_as_far_as_the_organization_joins_it(int? convention, bool isWritable, int maxLength)
    {
        var schema = await ReadAsync("contact", new StubDefinitions { FullNameConvention = convention });

        schema.Find("fullname")!.Should().BeEquivalentTo(new { CanInsert = isWritable, CanUpdate = isWritable, MaxLength = maxLength });
    }

    [Fact]
    public async Task GetSchema_offers_no_full_name_of_tables_that_are_not_configured()
    {
        var service = new StubService();
        using var connector = service.Connect(options => options.WritableFullNames = []);

        (await connector.GetSchemaAsync("contact", default))!.Find("fullname")!.CanInsert.Should().BeFalse();
    }

    [Fact]
    public async Task GetSchema_without_tracking_reports_no_deletions()
    {
        (await ReadAsync("account", new StubDefinitions { TracksChanges = false })).ReportsDeletions.Should().BeFalse();

        using var connector = new StubService().Connect(options => options.ChangeTracking = ChangeTracking.Never);
        (await connector.GetSchemaAsync("account", default))!.ReportsDeletions.Should().BeFalse();
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("Account")]
    [InlineData("account') or ('1'='1")]
    public async Task GetSchema_of_a_table_that_does_not_exist_gives_null(string table)
    {
        using var connector = new StubService().Connect();

        (await connector.GetSchemaAsync(table, default)).Should().BeNull();
    }

    [Theory]
    [InlineData("\"EntitySetName\":\"accounts\"", "\"EntitySetName\":\"//evil.example/accounts\"")]
    [InlineData("\"EntitySetName\":\"accounts\"", "\"EntitySetName\":\"https://[\"")]
    [InlineData("\"EntitySetName\":\"accounts\"", "\"EntitySetName\":\"a b\"")]
    [InlineData("\"LogicalName\":\"account\"", "\"LogicalName\":\"contact\"")]
    [InlineData("\"LogicalName\":\"name\"", "\"LogicalName\":\"na,me\"")]
    [InlineData("\"PrimaryIdAttribute\":\"accountid\"", "\"PrimaryIdAttribute\":\"donotphone\"")]
    [InlineData("\"value\":[", "\"value\":[null,")]
    [InlineData("\"Options\":[", "\"Options\":[null,")]
    [InlineData("\"LogicalName\":\"name\",", "")]
    [InlineData("\"AttributeType\":\"String\",", "")]
    [InlineData("\"ReferencingEntityNavigationPropertyName\":\"parentcustomerid_account\"", "\"ReferencingEntityNavigationPropertyName\":\"x\\r\\ny\"")]
    public async Task GetSchema_of_a_definition_that_cannot_be_right_fails(string right, string wrong)
    {
        var service = new StubService { Definitions = new() { Rewrite = (_, body) => body.Replace(right, wrong, StringComparison.Ordinal) } };
        using var connector = service.Connect();

        var read = () => connector.GetSchemaAsync("account", default);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    private static async Task<TableSchema> ReadAsync(string table, StubDefinitions definitions)
    {
        using var connector = new StubService { Definitions = definitions }.Connect();
        return (await connector.GetSchemaAsync(table, default))!;
    }
}
