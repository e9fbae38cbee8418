using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;
using static Dataverse.Sync.OrganizationService.Tests.StubOrganization;
using static Dataverse.Sync.OrganizationService.Tests.Writes;

namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>Reading by ids, by values, by filters, and whole tables.</summary>
public sealed class QueryTests
{
    private static readonly StubDefinitions Untracked = new() { TracksChanges = false };

    [Fact]
    public async Task Values_are_read_as_over_the_Web_API()
    {
        var row = Row(
            One,
            "7",
            ("name", "A"),
            ("creditlimit", new Money(20_000.0000m)),
            ("numberofemployees", 5),
            ("address1_latitude", 0.1 + 0.2),
            ("exchangerate", 1.5000000000m),
            ("creditonhold", false),
            ("paymenttermscode", new OptionSetValue(2)),
            ("kinds", new OptionSetValueCollection([new(1), new(3)])),
            ("statecode", new OptionSetValue(0)),
            ("visit", new DateTime(2026, 8, 17, 10, 30, 0, DateTimeKind.Unspecified)),
            ("founded", new DateTime(1999, 12, 31, 0, 0, 0, DateTimeKind.Utc)),
            ("primarycontactid", new EntityReference("contact", Two) { Name = "Somebody" }),
            ("parentcustomerid", new EntityReference("account", Three)),
            ("modifiedon", new DateTime(2026, 8, 17, 10, 0, 0, DateTimeKind.Utc)));
        string[] fields =
        [
            "name", "creditlimit", "numberofemployees", "address1_latitude", "exchangerate", "creditonhold", "paymenttermscode",
            "kinds", "statecode", "visit", "founded", "primarycontactid", "parentcustomerid", "accountnumber", "accountid",
        ];

        var record = (await ReadByIdAsync(new StubOrganization(Rows(row)), fields, One)).Should().ContainSingle().Subject;

        record.ModifiedOn.Should().Be(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero));
        record.Version.Should().Be("W/\"7\"");
        record["accountid"].Should().Be(FieldValue.Identifier(One), "the service tells the key beside the attributes");
        record.Values[..14].ToArray().Should().Equal(
            FieldValue.Text("A"),
            FieldValue.Decimal(20_000m),
            FieldValue.Integer(5),
            FieldValue.Decimal(0.30000000000000004m),
            FieldValue.Decimal(1.5m),
            FieldValue.Boolean(false),
            FieldValue.Integer(2),
            FieldValue.MultiChoice(1, 3),
            FieldValue.Integer(0),
            FieldValue.DateTime(new DateTimeOffset(2026, 8, 17, 10, 30, 0, TimeSpan.Zero)),
            FieldValue.Date(new DateOnly(1999, 12, 31)),
            FieldValue.Reference(Two, "contact"),
            FieldValue.Reference(Three, "account"),
            FieldValue.Blank);
    }

    [Fact]
    public async Task Minutes_are_a_duration()
    {
        var service = new StubOrganization(Rows(Row(One, "7", ("effort", 90))));

        (await ReadByIdAsync(service, ["effort"], One))[0]["effort"].Should().Be(FieldValue.Duration(new(1, 30, 0)));
    }

    [Fact]
    public async Task A_value_of_another_type_is_unreadable_and_spoils_no_other()
    {
        var service = new StubOrganization(Rows(Row(One, "7", ("name", "A"), ("creditlimit", "much"))));

        var record = (await ReadByIdAsync(service, ["name", "creditlimit"], One))[0];

        record["name"].AsText().Should().Be("A");
        record["creditlimit"].Kind.Should().Be(FieldValueKind.Unreadable);
    }

    [Fact]
    public async Task The_column_of_the_version_stands_in_where_rows_do_not_tell_it()
    {
        var service = new StubOrganization(Rows(Row(One, "", ("versionnumber", 502186L))));

        (await ReadByIdAsync(service, ["name"], One))[0].Version.Should().Be("W/\"502186\"");
    }

    [Fact]
    public async Task Many_ids_are_read_in_chunks_within_one_batch()
    {
        var ids = Enumerable.Range(0, 900).Select(_ => Guid.NewGuid()).ToArray();
        var service = new StubOrganization(request => Items([.. ((ExecuteMultipleRequest)request).Requests.Select((inner, index) =>
            new ExecuteMultipleResponseItem { RequestIndex = index, Response = Rows([.. IdsOf((RetrieveMultipleRequest)inner).Select(id => Row(id, "1"))]) })]));

        var found = await ReadByIdAsync(service, ["name"], ids);

        found.Select(record => record.Id).Should().BeEquivalentTo(ids);
        var batch = service.Requests.Should().ContainSingle().Which.Should().BeOfType<ExecuteMultipleRequest>().Subject;
        batch.Requests.Select(inner => IdsOf((RetrieveMultipleRequest)inner).Count()).Should().Equal(400, 400, 100);
    }

    [Fact]
    public async Task Pages_of_a_query_follow_the_cookie()
    {
        var pages = new Queue<OrganizationResponse>([More("cookie", Row(One, "1")), Rows(Row(Two, "1"))]);
        var service = new StubOrganization(_ => pages.Dequeue());
        using var connector = service.Connect(options => options.PageSize = 1);

        var keys = await connector.ReadKeysAsync("account", default).ToListAsync();

        keys.Should().HaveCount(2);
        keys.SelectMany(page => page).Should().Equal(new RecordVersion(One, "W/\"1\""), new RecordVersion(Two, "W/\"1\""));
        var queries = service.Requests.Select(QueryOf).ToList();
        queries.Select(query => $"{query.PageInfo.PageNumber} {query.PageInfo.Count} {query.PageInfo.PagingCookie}")
            .Should().Equal("1 1 ", "2 1 cookie");
        queries[0].Orders.Should().ContainSingle().Which.AttributeName.Should().Be("accountid");
    }

    [Fact]
    public async Task A_row_that_was_not_requested_is_malformed()
    {
        var read = () => ReadByIdAsync(new StubOrganization(Rows(Row(Two, "1"))), ["name"], One);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    [Fact]
    public async Task Values_are_found_by_In_and_compared_again()
    {
        var service = new StubOrganization(Rows(Row(One, "1", ("accountnumber", "K1")), Row(Two, "1", ("accountnumber", "Ḱ1"))));
        using var connector = service.Connect();

        var found = await connector.FindAsync(
            new FieldQuery
            {
                Table = "account",
                Fields = ["name"],
                Field = "accountnumber",
                Values = [FieldValue.Text("k1"), FieldValue.Text(new string('x', 21))],
            },
            default);

        found.Should().ContainSingle().Which.Id.Should().Be(One);
        var condition = QueryOf(service.Requests[0]).Criteria.Conditions.Should().ContainSingle().Subject;
        (condition.AttributeName, condition.Operator).Should().Be(("accountnumber", ConditionOperator.In));
        condition.Values.Should().Equal("k1");
    }

    [Fact]
    public async Task A_row_is_hidden_gone_or_there()
    {
        var service = new StubOrganization(Items(
            new ExecuteMultipleResponseItem { RequestIndex = 0, Response = new RetrieveResponse() },
            new ExecuteMultipleResponseItem { RequestIndex = 1, Fault = Fault(0x80048306) },
            new ExecuteMultipleResponseItem { RequestIndex = 2, Fault = Fault(0x80040217) }));
        using var connector = service.Connect();

        var presence = await connector.ProbeAsync("account", [One, Two, Three], default);

        presence.Should().BeEquivalentTo(new Dictionary<Guid, RecordPresence>
        {
            [One] = RecordPresence.Exists,
            [Two] = RecordPresence.Hidden,
            [Three] = RecordPresence.Gone,
        });
    }

    [Fact]
    public async Task A_service_without_batches_is_asked_one_by_one()
    {
        var service = new StubOrganization(request => request is RetrieveRequest
            ? throw Thrown(Fault(0x80040217))
            : throw new NotSupportedException());
        using var connector = service.Connect();

        (await connector.ProbeAsync("account", [One, Two], default)).Values.Should().OnlyContain(presence => presence == RecordPresence.Gone);
    }

    [Fact]
    public async Task Without_change_tracking_rows_are_read_by_their_stamp()
    {
        var stamp = new DateTime(2026, 8, 17, 10, 0, 0, DateTimeKind.Utc);
        var service = new StubOrganization(Rows(Row(One, "1", ("modifiedon", stamp)))) { Definitions = Untracked };
        using var connector = service.Connect();
        var query = new ChangeQuery { Table = "account", Fields = ["name"] };

        var first = await connector.ReadChangesAsync(query, default).ToListAsync();
        var second = await connector.ReadChangesAsync(query with { Since = first[^1].Checkpoint }, default).ToListAsync();

        (first[0].Coverage, second[0].Coverage).Should().Be((ChangeCoverage.WholeTable, ChangeCoverage.Changes));
        var condition = QueryOf(service.Requests[^1]).Criteria.Conditions.Should().ContainSingle().Subject;
        (condition.AttributeName, condition.Operator).Should().Be(("modifiedon", ConditionOperator.GreaterEqual));
        condition.Values.Should().Equal(stamp - TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task A_filter_becomes_criteria_that_let_no_fewer_rows_pass()
    {
        var service = new StubOrganization(Rows()) { Definitions = Untracked };
        using var connector = service.Connect();
        var filter = RecordFilter.All(
            RecordFilter.NotEqual("paymenttermscode", FieldValue.Integer(1)),
            RecordFilter.Compare("name", ComparisonOperator.StartsWith, FieldValue.Text("10% [a")),
            RecordFilter.IsNotBlank("accountnumber"),
            RecordFilter.NotEqual("name", FieldValue.Text("A")));

        var feed = await connector.ReadChangesAsync(new ChangeQuery { Table = "account", Fields = ["name"], Filter = filter }, default).ToListAsync();

        feed[0].Coverage.Should().Be(ChangeCoverage.FilteredTable);
        var criteria = QueryOf(service.Requests[0]).Criteria;
        criteria.FilterOperator.Should().Be(LogicalOperator.And);
        criteria.Conditions.Select(condition => (condition.AttributeName, condition.Operator, condition.Values.FirstOrDefault()))
            .Should().Equal(("name", ConditionOperator.Like, "10[%] [[]a%"), ("accountnumber", ConditionOperator.NotNull, null));
        var either = criteria.Filters.Should().ContainSingle().Subject;
        either.FilterOperator.Should().Be(LogicalOperator.Or);
        either.Conditions.Select(condition => condition.Operator).Should().Equal(ConditionOperator.NotEqual, ConditionOperator.Null);
    }

    private static RetrieveMultipleResponse More(string cookie, params Entity[] rows) =>
        Answer<RetrieveMultipleResponse>("EntityCollection", new EntityCollection([.. rows]) { MoreRecords = true, PagingCookie = cookie });

    private static QueryExpression QueryOf(OrganizationRequest request) => (QueryExpression)((RetrieveMultipleRequest)request).Query;

    private static IEnumerable<Guid> IdsOf(RetrieveMultipleRequest request) => QueryOf(request).Criteria.Conditions[0].Values.Cast<Guid>();

    private static async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(StubOrganization service, IReadOnlyList<string> fields, params Guid[] ids)
    {
        using var connector = service.Connect();
        return await connector.ReadByIdAsync(new RecordQuery { Table = "account", Fields = fields, Ids = ids }, default);
    }
}
