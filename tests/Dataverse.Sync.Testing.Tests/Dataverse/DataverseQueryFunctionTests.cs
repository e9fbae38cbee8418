using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>The present of these tests is Wednesday, 2025-03-12, 10:30:00 UTC.</summary>
public sealed class DataverseQueryFunctionTests : IAsyncLifetime
{
    private const string Bad = "0x80060888";

    private static readonly DateTimeOffset Now = new(2025, 3, 12, 10, 30, 0, TimeSpan.Zero);

    private DataverseClient client = null!;
    private DataverseTable events = null!;

    public async Task InitializeAsync()
    {
        client = await DataverseClient.StartAsync(new DataverseEmulatorOptions { TimeProvider = new FakeTimeProvider(Now) });
        events = client.Emulator.AddTable(new DataverseTableDefinition
        {
            LogicalName = "new_event",
            SetName = "new_events",
            PrimaryName = "new_name",
            Columns =
            [
                DataverseColumn.Text("new_name", 100),
                DataverseColumn.DateTime("new_at"),
                DataverseColumn.Date("new_on"),
                DataverseColumn.WholeNumber("new_language"),
                new()
                {
                    Name = "new_colors", Type = DataverseColumnType.MultiChoice,
                    Choices = [new(1, "Red"), new(2, "Green"), new(11, "Blue")],
                },
            ],
        });
    }

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Theory]
    [InlineData("Yesterday", "2025-03-11T00:00:00Z", "2025-03-11T23:59:59Z")]
    [InlineData("Today", "2025-03-12T00:00:00Z", "2025-03-12T23:59:59Z")]
    [InlineData("Tomorrow", "2025-03-13T00:00:00Z", "2025-03-13T23:59:59Z")]
    [InlineData("LastWeek", "2025-03-02T00:00:00Z", "2025-03-08T23:59:59Z")]
    [InlineData("ThisWeek", "2025-03-09T00:00:00Z", "2025-03-15T23:59:59Z")]
    [InlineData("NextWeek", "2025-03-16T00:00:00Z", "2025-03-22T23:59:59Z")]
    [InlineData("LastMonth", "2025-02-01T00:00:00Z", "2025-02-28T23:59:59Z")]
    [InlineData("ThisMonth", "2025-03-01T00:00:00Z", "2025-03-31T23:59:59Z")]
    [InlineData("NextMonth", "2025-04-01T00:00:00Z", "2025-04-30T23:59:59Z")]
    [InlineData("LastYear", "2024-01-01T00:00:00Z", "2024-12-31T23:59:59Z")]
    [InlineData("ThisYear", "2025-01-01T00:00:00Z", "2025-12-31T23:59:59Z")]
    [InlineData("NextYear", "2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z")]
    [InlineData("Last7Days", "2025-03-05T00:00:00Z", "2025-03-12T10:30:00Z")]
    [InlineData("Next7Days", "2025-03-12T10:30:00Z", "2025-03-19T23:59:59Z")]
    [InlineData("LastXHours:3", "2025-03-12T07:30:00Z", "2025-03-12T10:30:00Z")]
    [InlineData("LastXDays:3", "2025-03-09T00:00:00Z", "2025-03-12T10:30:00Z")]
    [InlineData("LastXWeeks:2", "2025-02-26T00:00:00Z", "2025-03-12T10:30:00Z")]
    [InlineData("LastXMonths:1", "2025-02-12T00:00:00Z", "2025-03-12T10:30:00Z")]
    [InlineData("LastXYears:1", "2024-03-12T00:00:00Z", "2025-03-12T10:30:00Z")]
    [InlineData("NextXHours:3", "2025-03-12T10:30:00Z", "2025-03-12T13:30:00Z")]
    [InlineData("NextXDays:3", "2025-03-12T10:30:00Z", "2025-03-15T23:59:59Z")]
    [InlineData("NextXWeeks:2", "2025-03-12T10:30:00Z", "2025-03-26T23:59:59Z")]
    [InlineData("NextXMonths:1", "2025-03-12T10:30:00Z", "2025-04-12T23:59:59Z")]
    [InlineData("NextXYears:1", "2025-03-12T10:30:00Z", "2026-03-12T23:59:59Z")]
    [InlineData("OlderThanXMinutes:30", "1990-01-01T00:00:00Z", "2025-03-12T09:59:59Z")]
    [InlineData("OlderThanXHours:2", "1990-01-01T00:00:00Z", "2025-03-12T08:29:59Z")]
    [InlineData("OlderThanXDays:2", "1990-01-01T00:00:00Z", "2025-03-09T23:59:59Z")]
    [InlineData("OlderThanXWeeks:1", "1990-01-01T00:00:00Z", "2025-03-04T23:59:59Z")]
    [InlineData("OlderThanXMonths:1", "1990-01-01T00:00:00Z", "2025-02-11T23:59:59Z")]
    [InlineData("OlderThanXYears:1", "1990-01-01T00:00:00Z", "2024-03-11T23:59:59Z")]
    public async Task A_span_of_time_begins_and_ends_to_the_second(string call, string first, string last)
    {
        var (from, until) = (Time(first), Time(last));
        events.Insert(("new_name", "before"), ("new_at", from.AddSeconds(-1)));
        events.Insert(("new_name", "first"), ("new_at", from));
        events.Insert(("new_name", "last"), ("new_at", until));
        events.Insert(("new_name", "after"), ("new_at", until.AddSeconds(1)));
        events.Insert(("new_name", "never"));

        var names = await NamesAsync(Call(call, "new_at"));

        // What is older has no beginning.
        names.Should().BeEquivalentTo(
            call.StartsWith("Older", StringComparison.Ordinal) ? ["before", "first", "last"] : (string[])["first", "last"]);
    }

    [Theory]
    [InlineData("Today", "2025-03-12")]
    [InlineData("Last7Days", "2025-03-12")]
    [InlineData("LastXDays:1", "2025-03-11")]
    [InlineData("Tomorrow", "2025-03-13")]
    [InlineData("NextXDays:1", "2025-03-13")]
    public async Task A_date_counts_as_the_beginning_of_its_day(string call, string day)
    {
        events.Insert(("new_name", "that day"), ("new_on", DateOnly.Parse(day, CultureInfo.InvariantCulture)));
        events.Insert(("new_name", "long ago"), ("new_on", new DateOnly(1999, 1, 1)));

        (await NamesAsync(Call(call, "new_on"))).Should().Equal("that day");
    }

    [Theory]
    [InlineData("ContainValues", "[\"1\"]", "a")]
    [InlineData("ContainValues", "[\"2\",\"11\"]", "ab")]
    [InlineData("DoesNotContainValues", "[\"1\"]", "bn")]
    [InlineData("DoesNotContainValues", "[\"1\",\"11\"]", "n")]
    public async Task A_choice_of_several_is_searched_by_whole_options(string name, string values, string expected)
    {
        events.Insert(("new_name", "a"), ("new_colors", "1,2"));
        events.Insert(("new_name", "b"), ("new_colors", "11"));
        events.Insert(("new_name", "n"));

        var names = await NamesAsync($"Microsoft.Dynamics.CRM.{name}(PropertyName='new_colors',PropertyValues={values})");

        string.Concat(names).Should().Be(expected);
    }

    [Fact]
    public async Task The_caller_is_the_user_whose_name_the_request_runs_under()
    {
        var person = client.Emulator.Table("systemuser").Rows.Single(user => user["applicationid"] is null).Id;
        var mine = client.Accounts.Insert(("name", "mine"), ("preferredsystemuserid", new DataverseReference("systemuser", person)));
        client.Accounts.Insert(
            ("name", "its"), ("preferredsystemuserid", new DataverseReference("systemuser", client.Emulator.UserId)));
        client.Accounts.Insert(("name", "nobody's"));

        async Task<string> Names(string function, params (string, string)[] headers) => string.Join(
            ',', (await client.GetAsync(
                $"accounts?$select=name&$orderby=name&$filter=Microsoft.Dynamics.CRM.{function}(PropertyName='preferredsystemuserid')",
                headers)).Rows.Select(row => (string?)row["name"]));

        mine.Id.Should().NotBeEmpty();
        (await Names("EqualUserId")).Should().Be("its");
        (await Names("NotEqualUserId")).Should().Be("mine,nobody's");
        (await Names("EqualUserOrUserTeams")).Should().Be("its");
        (await Names("EqualUserTeams")).Should().BeEmpty();
        (await Names("EqualUserId", ("MSCRMCallerID", $"{person}"))).Should().Be("mine");
    }

    [Fact]
    public async Task Teams_and_business_units_of_the_caller_own_rows()
    {
        var team = client.Emulator.Table("team").Rows.Single();
        var other = client.Emulator.Table("team").Insert(
            ("name", "other"), ("businessunitid", team["businessunitid"]!));
        events.Insert(("new_name", "team's"), ("ownerid", new DataverseReference("team", team.Id)));
        events.Insert(("new_name", "others'"), ("ownerid", new DataverseReference("team", other.Id)));
        events.Insert(("new_name", "user's"), ("ownerid", new DataverseReference("systemuser", client.Emulator.UserId)));

        (await NamesAsync("Microsoft.Dynamics.CRM.EqualUserTeams(PropertyName='ownerid')")).Should().Equal("team's");
        (await NamesAsync("Microsoft.Dynamics.CRM.EqualUserOrUserTeams(PropertyName='_ownerid_value')"))
            .Should().BeEquivalentTo(["team's", "user's"]);
        (await NamesAsync("Microsoft.Dynamics.CRM.EqualBusinessId(PropertyName='owningbusinessunit')")).Should().HaveCount(3);
        (await NamesAsync("Microsoft.Dynamics.CRM.NotEqualBusinessId(PropertyName='owningbusinessunit')")).Should().BeEmpty();
    }

    [Fact]
    public async Task The_language_of_the_caller_is_that_of_the_organization()
    {
        events.Insert(("new_name", "english"), ("new_language", 1033));
        events.Insert(("new_name", "german"), ("new_language", 1031));

        (await NamesAsync("Microsoft.Dynamics.CRM.EqualUserLanguage(PropertyName='new_language')")).Should().Equal("english");
    }

    [Theory]
    [InlineData("Under", "bc")]
    [InlineData("UnderOrEqual", "abc")]
    [InlineData("NotUnder", "ax")]
    [InlineData("Above", "")]
    [InlineData("AboveOrEqual", "a")]
    public async Task Accounts_form_a_hierarchy(string function, string expected)
    {
        DataverseReference Account(string name, DataverseReference? parent) => new(
            "account", client.Accounts.Insert(("name", name), ("parentaccountid", parent)).Id);
        var top = Account("a", null);
        _ = Account("c", Account("b", top));
        _ = Account("x", null);

        var answer = await client.GetAsync(
            "accounts?$select=name&$orderby=name&$filter="
            + $"Microsoft.Dynamics.CRM.{function}(PropertyName='accountid',PropertyValue='{top.Id}')");

        answer.Status.Should().Be(200, answer.Text);
        string.Concat(answer.Rows.Select(row => (string?)row["name"])).Should().Be(expected);
    }

    [Theory]
    [InlineData("LastFiscalYear(PropertyName='new_at')", 501)]
    [InlineData("ThisFiscalPeriod(PropertyName='new_at')", 501)]
    [InlineData("LastXFiscalPeriods(PropertyName='new_at',PropertyValue=2)", 501)]
    [InlineData("InFiscalYear(PropertyName='new_at',PropertyValue=2025)", 501)]
    [InlineData("InFiscalPeriodAndYear(PropertyName='new_at',PropertyValue1=1,PropertyValue2=2025)", 501)]
    [InlineData("EqualUserOrUserHierarchy(PropertyName='ownerid')", 501)]
    [InlineData("EqualUserOrUserHierarchyAndTeams(PropertyName='ownerid')", 501)]
    [InlineData("Contains(PropertyName='new_name',PropertyValue='x')", 501)]
    [InlineData("Under(PropertyName='new_eventid',PropertyValue='00000000-0000-0000-0000-000000000001')", 501)]
    [InlineData("NotOn(PropertyName='new_at',PropertyValue='2025-03-12')", 400)]
    [InlineData("Nonsense(PropertyName='new_at')", 400)]
    [InlineData("Today(PropertyName='new_name')", 400)]
    [InlineData("Today(PropertyName='new_nothing')", 400)]
    [InlineData("Today()", 400)]
    [InlineData("LastXDays(PropertyName='new_at')", 400)]
    [InlineData("LastXDays(PropertyName='new_at',PropertyValue=0)", 400)]
    [InlineData("LastXDays(PropertyName='new_at',PropertyValue=-1)", 400)]
    [InlineData("LastXYears(PropertyName='new_at',PropertyValue=9999)", 400)]
    [InlineData("LastXDays(PropertyName='new_at',PropertyValue=99999999999999)", 400)]
    [InlineData("EqualUserId(PropertyName='new_name')", 400)]
    [InlineData("On(PropertyName='new_name',PropertyValue='2025-03-12')", 400)]
    [InlineData("OnOrAfter(PropertyName='new_at',PropertyValue='soon')", 400)]
    [InlineData("ContainValues(PropertyName='new_name',PropertyValues=[\"1\"])", 400)]
    [InlineData("EqualUserLanguage(PropertyName='new_name')", 400)]
    [InlineData("Between(PropertyName='new_language',PropertyValues=[\"1\"])", 400)]
    [InlineData("In(PropertyName='new_language',PropertyValues=[\"x\"])", 400)]
    [InlineData("In(PropertyName='new_name',PropertyValues=[])", 400)]
    [InlineData("NotIn(PropertyName='new_name',PropertyValues=@p)", 400)]
    public async Task What_a_function_cannot_tell_is_refused(string call, int status) =>
        (await client.GetAsync($"new_events?$filter=Microsoft.Dynamics.CRM.{call}")).ShouldFail(status, Bad);

    [Fact]
    public async Task Functions_are_negated_combined_and_called_on_related_rows()
    {
        var parent = client.Accounts.Insert(("name", "parent")).Id;
        client.Accounts.Insert(("name", "child"), ("parentaccountid", new DataverseReference("account", parent)));

        async Task<int> Count(string filter) => (await client.GetAsync($"accounts?$select=name&$filter={filter}")).Rows.Count;

        (await Count("not Microsoft.Dynamics.CRM.Today(PropertyName='createdon')")).Should().Be(0);
        (await Count("Microsoft.Dynamics.CRM.Today(PropertyName='createdon') and name eq 'child'")).Should().Be(1);
        (await Count("parentaccountid/Microsoft.Dynamics.CRM.Today(PropertyName='createdon')")).Should().Be(1);
        (await Count("account_parent_account/any(a:a/Microsoft.Dynamics.CRM.Today(PropertyName='createdon'))")).Should().Be(1);
    }

    private static string Call(string call, string column) => call.Split(':') is [var name, var number]
        ? $"Microsoft.Dynamics.CRM.{name}(PropertyName='{column}',PropertyValue={number})"
        : $"Microsoft.Dynamics.CRM.{call}(PropertyName='{column}')";

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private async Task<List<string?>> NamesAsync(string filter)
    {
        var answer = await client.GetAsync($"new_events?$select=new_name&$orderby=new_name&$filter={filter}");
        answer.Status.Should().Be(200, answer.Text);
        return [.. answer.Rows.Select(row => (string?)row["new_name"])];
    }
}
