using static Dataverse.Sync.WebApi.Tests.StubService;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>The wire form of writes, whole.</summary>
public sealed class WriteRequestTests
{
    private static readonly Guid One = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Two = new("00000000-0000-4000-8000-000000000002");

    [Fact]
    public async Task Inserts_travel_in_one_bulk_message_with_our_ids()
    {
        var service = new StubService(JsonAnswer($$"""{"@odata.context":"c","Ids":["{{One}}","{{Two}}"]}"""));

        var results = await WriteAsync(service, "account", Insert(One, ("name", FieldValue.Text("O'Brien \"&\" Söhne"))), Insert(Two, ("creditlimit", FieldValue.Decimal(10.50m))));

        var request = service.Requests.Should().ContainSingle().Subject;
        request.Line.Should().Be("POST accounts/Microsoft.Dynamics.CRM.CreateMultiple");
        request.Headers.Should().Contain("Content-Type", "application/json").And.NotContainKey("Prefer");
        request.Body.Should().Be(
            $$"""{"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":"{{One}}","name":"O'Brien \"&\" Söhne"},{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":"{{Two}}","creditlimit":10.50}]}""");
        results.Select(result => (result.Status, result.Id, result.Version)).Should().Equal((WriteStatus.Applied, One, null), (WriteStatus.Applied, Two, null));
    }

    [Fact]
    public async Task Updates_and_deletions_travel_in_one_batch_under_conditions()
    {
        var service = new StubService(Batch(Part(204, header: "ETag: W/\"9\""), Part(204), Part(204), Part(204)));

        var results = await WriteAsync(
            service,
            "account",
            Update(One, "W/\"7\"", ("name", FieldValue.Text("A"))),
            Update(Two, null, ("name", FieldValue.Blank)),
            new WriteOperation { Kind = WriteKind.Delete, Id = One, ExpectedVersion = "W/\"8\"" },
            new WriteOperation { Kind = WriteKind.Delete, Id = Two });

        var request = service.Requests.Should().ContainSingle().Subject;
        (request.Line, request.Prefer).Should().Be(("POST $batch", "odata.continue-on-error"));
        request.Parts.Should().Equal(
            $$"""
            PATCH accounts({{One}})
            If-Match: W/"7"
            {"name":"A"}
            """,
            $$"""
            PATCH accounts({{Two}})
            If-Match: *
            {"name":null}
            """,
            $"DELETE accounts({One})\nIf-Match: W/\"8\"",
            $"DELETE accounts({Two})\nIf-Match: *");
        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        results[0].Version.Should().Be("W/\"9\"");
    }

    [Fact]
    public async Task Values_take_the_form_that_the_service_reads()
    {
        var service = new StubService(_ => Batch(Part(204)));

        _ = await WriteAsync(
            service,
            "contact",
            Update(
                One,
                null,
                ("description", FieldValue.Text("a\r\nb\t😀")),
                ("customertypecode", FieldValue.Integer(1)),
                ("new_colors", FieldValue.MultiChoice(3, 1)),
                ("donotphone", FieldValue.Boolean(false)),
                ("numberofemployees", FieldValue.Decimal(5.0m)),
                ("creditlimit", FieldValue.Integer(3)),
                ("birthdate", FieldValue.Date(new DateOnly(1980, 2, 29))),
                ("lastused", FieldValue.DateTime(new DateTimeOffset(2026, 8, 17, 12, 0, 0, 999, TimeSpan.FromHours(2))))));

        service.Requests.Single().Parts.Single().Split('\n')[2].Should().Be(
            """{"description":"a\r\nb\t\uD83D\uDE00","customertypecode":1,"new_colors":"1,3","donotphone":false,"numberofemployees":5,"creditlimit":3,"birthdate":"1980-02-29","lastused":"2026-08-17T10:00:00Z"}""");
    }

    [Fact]
    public async Task Lookups_are_written_by_the_navigation_property_of_their_target_and_its_set()
    {
        var service = new StubService(_ => Batch(Part(204), Part(204)));

        _ = await WriteAsync(
            service,
            "contact",
            Update(
                One,
                null,
                ("parentcustomerid", FieldValue.Reference(Two, "account")),
                ("transactioncurrencyid", FieldValue.Identifier(Two)),
                ("ownerid", FieldValue.Reference(Two, "systemuser"))),
            Update(Two, null, ("parentcustomerid", FieldValue.Reference(One, "contact")), ("transactioncurrencyid", FieldValue.Blank)));

        service.Requests.Single().Parts.Select(part => part.Split('\n')[2]).Should().Equal(
            $$"""{"parentcustomerid_account@odata.bind":"/accounts({{Two}})","TransactionCurrencyId@odata.bind":"/transactioncurrencies({{Two}})","ownerid@odata.bind":"/systemusers({{Two}})"}""",
            $$"""{"parentcustomerid_contact@odata.bind":"/contacts({{One}})","TransactionCurrencyId@odata.bind":null}""");
        service.DefinitionRequests.Skip(1).Select(request => request.Line.Split('?')[0]).Should().BeEquivalentTo(
            "GET EntityDefinitions(LogicalName='account')", "GET EntityDefinitions(LogicalName='transactioncurrency')", "GET EntityDefinitions(LogicalName='systemuser')");
    }

    [Fact]
    public async Task A_full_name_is_written_as_its_parts()
    {
        var service = new StubService(Batch(Part(204), Part(204), Part(204)));

        _ = await WriteAsync(
            service,
            "contact",
            Update(One, null, ("fullname", FieldValue.Text("Ms. Tammy L. McDonald"))),
            Update(Two, null, ("fullname", FieldValue.Text("Teal"))),
            Update(Guid.NewGuid(), null, ("fullname", FieldValue.Blank)));

        service.Requests.Single().Parts.Select(part => part.Split('\n')[2]).Should().Equal(
            """{"firstname":"Ms. Tammy L.","middlename":null,"lastname":"McDonald"}""",
            """{"firstname":null,"middlename":null,"lastname":"Teal"}""",
            """{"firstname":null,"middlename":null,"lastname":null}""");
    }

    [Fact]
    public async Task An_inactive_record_is_created_and_deactivated_in_one_change_set()
    {
        var service = new StubService(request => request.Line == "POST $batch" ? Batch(Part(204)) : JsonAnswer($$"""{"Ids":["{{Two}}"]}"""));

        var results = await WriteAsync(
            service,
            "account",
            Insert(One, ("name", FieldValue.Text("A")), ("statecode", FieldValue.Integer(1)), ("statuscode", FieldValue.Integer(2))),
            Insert(Two, ("statecode", FieldValue.Integer(0))));

        var bulk = service.Requests.Should().ContainSingle(request => request.Line.EndsWith("CreateMultiple", StringComparison.Ordinal)).Subject;
        bulk.Body.Should().NotContain("statecode");
        var batch = service.Requests.Should().ContainSingle(request => request.Line == "POST $batch").Subject;
        batch.Parts.Should().Equal(
            $$"""
            POST accounts
            {"accountid":"{{One}}","name":"A"}
            """,
            $$"""
            PATCH accounts({{One}})
            If-Match: *
            {"statecode":1,"statuscode":2}
            """);
        batch.Body.Should().Contain("boundary=\"changeset_0_");
        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied);
    }

    [Fact]
    public async Task Bypassed_logic_and_the_tag_travel_with_every_write_and_nothing_else()
    {
        var service = new StubService(request => request.Line.Contains("CreateMultiple") ? JsonAnswer($$"""{"Ids":["{{One}}"]}""") : Batch(Part(204)));
        using var connector = service.Connect(options =>
        {
            options.BypassedLogic = BypassedLogic.Synchronous | BypassedLogic.Asynchronous;
            options.SuppressFlows = true;
            options.Tag = "sync & co";
        });

        _ = await connector.WriteAsync(new WriteBatch("account", [Insert(One), Update(Two, null, ("name", FieldValue.Text("A")))]), default);

        var create = service.Requests.Single(request => request.Line.Contains("CreateMultiple"));
        create.Address.Query.Should().Be("?tag=sync%20%26%20co");
        create.Headers.Should().Contain("MSCRM.BypassBusinessLogicExecution", "CustomSync,CustomAsync").And.Contain("MSCRM.SuppressCallbackRegistrationExpanderJob", "true");
        service.Requests.Single(request => request.Line == "POST $batch").Parts.Single().Should().StartWith(
            $"PATCH accounts({Two})?tag=sync & co\nIf-Match: *\nMSCRM.BypassBusinessLogicExecution: CustomSync,CustomAsync\nMSCRM.SuppressCallbackRegistrationExpanderJob: true\n");
        service.DefinitionRequests.Single().Headers.Should().NotContainKey("MSCRM.BypassBusinessLogicExecution");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Inserts_travel_in_a_batch_where_the_bulk_message_is_not_offered_or_not_trusted(bool isOffered)
    {
        var service = new StubService(Batch(Part(204), Part(204))) { Definitions = new StubDefinitions { HasCreateMultiple = isOffered } };
        using var connector = service.Connect(options => options.TrustOwnIdsInCreateMultiple = !isOffered);

        _ = await connector.WriteAsync(new WriteBatch("account", [Insert(One, ("name", FieldValue.Text("A"))), Insert(Two)]), default);

        service.Requests.Single().Parts.Should().Equal($"POST accounts\n{{\"accountid\":\"{One}\",\"name\":\"A\"}}", $"POST accounts\n{{\"accountid\":\"{Two}\"}}");
    }

    [Fact]
    public async Task Batches_have_the_configured_sizes()
    {
        var service = new StubService(request => request.Line == "POST $batch"
            ? Batch([.. request.Parts.Select(_ => Part(204))])
            : JsonAnswer($$"""{"Ids":[{{string.Join(',', Enumerable.Range(0, request.Body.Split("@odata.type").Length - 1).Select(_ => $"\"{Guid.NewGuid()}\""))}}]}"""));
        using var connector = service.Connect(options => (options.CreateBatchSize, options.UpdateBatchSize) = (4, 3));

        _ = await connector.WriteAsync(new WriteBatch("account", [.. Enumerable.Range(0, 10).Select(_ => Insert(Guid.NewGuid())), .. Enumerable.Range(0, 7).Select(_ => Update(Guid.NewGuid(), null, ("name", default)))]), default);

        service.Requests.Select(request => request.Parts.Count == 0 ? request.Body.Split("@odata.type").Length - 1 : request.Parts.Count).Should().BeEquivalentTo([4, 4, 2, 3, 3, 1]);
    }

    [Fact]
    public async Task Writes_that_cannot_succeed_are_refused_without_a_request()
    {
        var service = new StubService();

        var results = await WriteAsync(
            service,
            "contact",
            Update(One, null, ("nothing", FieldValue.Text("A"))),
            Update(One, null, ("modifiedon", FieldValue.DateTime(DateTimeOffset.UnixEpoch))),
            Update(One, null, ("firstname", FieldValue.Text(new string('x', 51)))),
            Update(One, null, ("firstname", FieldValue.Text("a\u0001"))),
            Update(One, null, ("firstname", FieldValue.Text("a\ud83d"))),
            Update(One, null, ("customertypecode", FieldValue.Text("Customer"))),
            Update(One, null, ("numberofemployees", FieldValue.Decimal(1.5m))),
            Update(One, null, ("birthdate", FieldValue.Date(new DateOnly(1752, 12, 31)))),
            Update(One, null, ("parentcustomerid", FieldValue.Reference(Two, "systemuser"))),
            Update(One, null, ("parentcustomerid", FieldValue.Identifier(Two))),
            Update(One, null, ("fullname", FieldValue.Text(" "))),
            Update(One, null, ("fullname", FieldValue.Text("A B")), ("lastname", FieldValue.Text("B"))));

        service.Requests.Should().BeEmpty();
        results.Should().OnlyContain(result => result.Status == WriteStatus.Rejected && result.Id == Guid.Empty && result.Error!.Code == SyncErrorCodes.ValueNotConvertible);
        results.Select(result => result.Error!.Field).Should().Equal(
            "nothing", "modifiedon", "firstname", "firstname", "firstname", "customertypecode", "numberofemployees", "birthdate", "parentcustomerid", "parentcustomerid", "fullname", "fullname");
    }

    internal static WriteOperation Insert(Guid id, params (string Field, FieldValue Value)[] fields) => Operation(WriteKind.Insert, id, null, fields);

    internal static WriteOperation Update(Guid id, string? version, params (string Field, FieldValue Value)[] fields) => Operation(WriteKind.Update, id, version, fields);

    private static WriteOperation Operation(WriteKind kind, Guid id, string? version, (string Field, FieldValue Value)[] fields) =>
        new() { Kind = kind, Id = id, ExpectedVersion = version, Fields = [.. fields.Select(field => new FieldWrite(field.Field, field.Value))] };

    private static async Task<IReadOnlyList<WriteResult>> WriteAsync(StubService service, string table, params WriteOperation[] operations)
    {
        using var connector = service.Connect();
        return await connector.WriteAsync(new WriteBatch(table, operations), default);
    }
}
