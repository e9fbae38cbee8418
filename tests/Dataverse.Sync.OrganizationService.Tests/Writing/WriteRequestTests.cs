using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using static Dataverse.Sync.OrganizationService.Tests.StubOrganization;
using static Dataverse.Sync.OrganizationService.Tests.Writes;

namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>What the service is asked to do.</summary>
public sealed class WriteRequestTests
{
    private const string Version = "W/\"7\"";

    [Fact]
    public async Task Inserts_go_by_CreateMultiple_with_our_ids()
    {
        var service = new StubOrganization(Created(One, Two));

        var results = await WriteAsync(service, Insert(One), Insert(Two));

        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        var targets = service.Requests.Should().ContainSingle().Which.Should().BeOfType<CreateMultipleRequest>().Which.Targets;
        targets.EntityName.Should().Be("account");
        targets.Entities.Select(row => row.Id).Should().Equal(One, Two);
        targets.Entities[0].Attributes.Should().ContainSingle().Which.Should().Be(new KeyValuePair<string, object>("name", "A"));
    }

    [Fact]
    public async Task Values_have_the_types_of_their_columns()
    {
        var service = new StubOrganization(Created(One));
        var stamp = new DateTimeOffset(2026, 8, 17, 10, 30, 15, 700, TimeSpan.FromHours(2));

        _ = await WriteOneAsync(service, Insert(
            One,
            ("creditlimit", FieldValue.Decimal(12.5m)),
            ("numberofemployees", FieldValue.Integer(7)),
            ("address1_latitude", FieldValue.Decimal(1.5m)),
            ("exchangerate", FieldValue.Decimal(0.1m)),
            ("creditonhold", FieldValue.Boolean(true)),
            ("paymenttermscode", FieldValue.Integer(2)),
            ("kinds", FieldValue.MultiChoice(3, 1)),
            ("visit", FieldValue.DateTime(stamp)),
            ("founded", FieldValue.Date(new DateOnly(1999, 12, 31))),
            ("parentcustomerid", FieldValue.Reference(Two, "contact")),
            ("primarycontactid", FieldValue.Identifier(Three)),
            ("accountnumber", FieldValue.Blank)));

        var row = ((CreateMultipleRequest)service.Requests[0]).Targets[0];
        row.GetAttributeValue<Money>("creditlimit").Value.Should().Be(12.5m);
        row["numberofemployees"].Should().Be(7);
        row["address1_latitude"].Should().Be(1.5);
        row["exchangerate"].Should().Be(0.1m);
        row["creditonhold"].Should().Be(true);
        row.GetAttributeValue<OptionSetValue>("paymenttermscode").Value.Should().Be(2);
        row.GetAttributeValue<OptionSetValueCollection>("kinds").Select(option => option.Value).Should().Equal(1, 3);
        row["visit"].Should().Be(new DateTime(2026, 8, 17, 8, 30, 15, DateTimeKind.Utc));
        ((DateTime)row["visit"]).Kind.Should().Be(DateTimeKind.Utc);
        row["founded"].Should().Be(new DateTime(1999, 12, 31));
        row.GetAttributeValue<EntityReference>("parentcustomerid").Should().BeEquivalentTo(new { Id = Two, LogicalName = "contact" });
        row.GetAttributeValue<EntityReference>("primarycontactid").Should().BeEquivalentTo(new { Id = Three, LogicalName = "contact" });
        row.Attributes.ContainsKey("accountnumber").Should().BeTrue();
        row["accountnumber"].Should().BeNull();
    }

    [Theory]
    [InlineData("numberofemployees")]
    [InlineData("kinds")]
    public async Task Values_that_the_SDK_cannot_carry_are_rejected_without_a_request(string field)
    {
        var service = new StubOrganization(Created(One));

        var value = field == "kinds" ? FieldValue.Text("one") : FieldValue.Integer(3_000_000_000);
        var result = await WriteOneAsync(service, Insert(One, (field, value)));

        result.Status.Should().Be(WriteStatus.Rejected);
        result.Error!.Field.Should().Be(field);
        service.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Updates_and_deletions_are_conditional_parts_of_one_ExecuteMultiple()
    {
        var service = new StubOrganization(Multiple(null, null, null));

        _ = await WriteAsync(service, Update(One, Version), Delete(Two, Version), Update(Three, null));

        var batch = service.Requests.Should().ContainSingle().Which.Should().BeOfType<ExecuteMultipleRequest>().Subject;
        batch.Settings.Should().BeEquivalentTo(new { ContinueOnError = true, ReturnResponses = true });
        var update = batch.Requests[0].Should().BeOfType<UpdateRequest>().Subject;
        (update.Target.Id, update.Target.RowVersion, update.ConcurrencyBehavior)
            .Should().Be((One, "7", ConcurrencyBehavior.IfRowVersionMatches));
        var deletion = batch.Requests[1].Should().BeOfType<DeleteRequest>().Subject;
        (deletion.Target.Id, deletion.Target.RowVersion, deletion.ConcurrencyBehavior)
            .Should().Be((Two, "7", ConcurrencyBehavior.IfRowVersionMatches));
        var unconditional = batch.Requests[2].Should().BeOfType<UpdateRequest>().Subject;
        unconditional.Target.RowVersion.Should().BeNull();
        unconditional.ConcurrencyBehavior.Should().Be(ConcurrencyBehavior.Default);
    }

    [Fact]
    public async Task Versions_that_the_service_does_not_compare_are_compared_by_reading()
    {
        var service = new StubOrganization(request => request is RetrieveMultipleRequest
            ? Rows(Row(One, "7"), Row(Two, "8"))
            : Multiple(new OrganizationServiceFault?[1]))
        {
            Definitions = new StubDefinitions { ChecksVersions = false },
        };

        var results = await WriteAsync(service, Update(One, Version), Update(Two, Version));

        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.VersionMismatch);
        var update = service.Requests.OfType<ExecuteMultipleRequest>().Single().Requests.Should().ContainSingle()
            .Which.Should().BeOfType<UpdateRequest>().Subject;
        update.Target.Id.Should().Be(One);
        update.Target.RowVersion.Should().BeNull();
    }

    [Fact]
    public async Task Inactive_rows_are_created_and_deactivated_in_one_transaction()
    {
        var service = new StubOrganization(Multiple(new OrganizationServiceFault?[1]));

        var result = await WriteOneAsync(service, Insert(
            One, ("name", FieldValue.Text("A")), ("statecode", FieldValue.Integer(1)), ("statuscode", FieldValue.Integer(2))));

        result.Status.Should().Be(WriteStatus.Applied);
        var transaction = service.Requests.Should().ContainSingle().Which.Should().BeOfType<ExecuteMultipleRequest>().Which
            .Requests.Should().ContainSingle().Which.Should().BeOfType<ExecuteTransactionRequest>().Subject;
        transaction.Requests[0].Should().BeOfType<CreateRequest>().Which.Target.Attributes.Keys.Should().Equal("name");
        var state = transaction.Requests[1].Should().BeOfType<UpdateRequest>().Which.Target;
        state.Attributes.Keys.Should().Equal("statecode", "statuscode");
        state.GetAttributeValue<OptionSetValue>("statecode").Value.Should().Be(1);
    }

    [Fact]
    public async Task An_inactive_row_that_refuses_a_change_is_activated_for_it_in_one_transaction()
    {
        var calls = 0;
        var service = new StubOrganization(request => request switch
        {
            RetrieveMultipleRequest => Rows(Row(One, "7", ("statecode", new OptionSetValue(1)), ("statuscode", new OptionSetValue(2)))),
            _ => calls++ == 0 ? Multiple(Fault(0x80040230)) : Multiple(new OrganizationServiceFault?[1]),
        });

        var result = await WriteOneAsync(service, Update(One, Version));

        result.Status.Should().Be(WriteStatus.Applied);
        var transaction = (ExecuteTransactionRequest)((ExecuteMultipleRequest)service.Requests[^1]).Requests[0];
        var targets = transaction.Requests.Cast<UpdateRequest>().Select(update => update.Target).ToList();
        targets.Select(row => string.Join(',', row.Attributes.Keys)).Should().Equal("statecode", "name", "statecode,statuscode");
        targets.Select(row => row.RowVersion).Should().Equal("7", null, null);
    }

    [Fact]
    public async Task Every_write_bears_the_optional_parameters()
    {
        var service = new StubOrganization(request => request is CreateMultipleRequest ? Created(One) : Multiple(null, null));
        using var connector = service.Connect(options =>
        {
            options.BypassedLogic = BypassedLogic.Synchronous | BypassedLogic.Asynchronous;
            options.SuppressFlows = true;
            options.Tag = "sync";
        });

        _ = await connector.WriteAsync(new WriteBatch("account", [Insert(One), Update(Two, null), Delete(Three)]), default);

        var writes = service.Requests.SelectMany(request => request is ExecuteMultipleRequest batch ? batch.Requests.ToArray() : [request]).ToList();
        writes.Should().HaveCount(3);
        foreach (var write in writes)
        {
            write["BypassBusinessLogicExecution"].Should().Be("CustomSync,CustomAsync");
            write["SuppressCallbackRegistrationExpanderJob"].Should().Be(true);
            write["tag"].Should().Be("sync");
        }
    }

    [Fact]
    public async Task Batches_have_the_sizes_of_the_options()
    {
        var service = new StubOrganization(request => request is CreateMultipleRequest create
            ? Created([.. create.Targets.Entities.Select(row => row.Id)])
            : Multiple(new OrganizationServiceFault?[((ExecuteMultipleRequest)request).Requests.Count]));
        using var connector = service.Connect(options => (options.CreateBatchSize, options.UpdateBatchSize) = (2, 3));

        var operations = Enumerable.Range(0, 5).Select(_ => Insert(Guid.NewGuid())).Concat(Enumerable.Range(0, 5).Select(_ => Update(Guid.NewGuid(), null)));
        _ = await connector.WriteAsync(new WriteBatch("account", [.. operations]), default);

        service.Requests.OfType<CreateMultipleRequest>().Select(create => create.Targets.Entities.Count).Should().BeEquivalentTo([2, 2, 1]);
        service.Requests.OfType<ExecuteMultipleRequest>().Select(batch => batch.Requests.Count).Should().BeEquivalentTo([3, 2]);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Tables_without_CreateMultiple_are_created_one_by_one_in_a_batch(bool isOffered, bool isTrusted)
    {
        var service = new StubOrganization(Multiple(null, null)) { Definitions = new StubDefinitions { HasCreateMultiple = isOffered } };
        using var connector = service.Connect(options => options.TrustOwnIdsInCreateMultiple = isTrusted);

        var results = await connector.WriteAsync(new WriteBatch("account", [Insert(One), Insert(Two)]), default);

        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        service.Requests.Should().ContainSingle().Which.Should().BeOfType<ExecuteMultipleRequest>().Which.Requests.Should().AllBeOfType<CreateRequest>();
    }
}
