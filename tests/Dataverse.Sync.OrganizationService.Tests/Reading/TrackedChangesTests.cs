using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using static Dataverse.Sync.OrganizationService.Tests.StubOrganization;
using static Dataverse.Sync.OrganizationService.Tests.Writes;

namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>Reading changes by change tracking.</summary>
public sealed class TrackedChangesTests
{
    private const string Token = "919042!08/22/2017 08:10:44";

    [Fact]
    public async Task The_first_feed_is_the_whole_table_page_by_page()
    {
        var pages = new Queue<OrganizationResponse>(
        [
            Changes("cookie 1", null, Changed(One, "7", "A")),
            Changes("cookie 2", null, Changed(Two, "8", "B")),
            Changes(null, Token),
        ]);
        var service = new StubOrganization(_ => pages.Dequeue());

        var feed = await ReadAsync(service, since: null, pageSize: 1);

        feed.Should().OnlyContain(page => page.Coverage == ChangeCoverage.WholeTable);
        feed.SelectMany(page => page.Records).Select(record => (record.Id, record.Version, record["name"].AsText()))
            .Should().Equal((One, "W/\"7\"", "A"), (Two, "W/\"8\"", "B"));
        feed.Select(page => page.Checkpoint is null).Should().Equal(true, true, false);
        var requests = service.Requests.Cast<RetrieveEntityChangesRequest>().ToList();
        requests.Select(request => $"{request.PageInfo.PageNumber} {request.PageInfo.Count} {request.PageInfo.PagingCookie}")
            .Should().Equal("1 1 ", "2 1 cookie 1", "3 1 cookie 2");
        requests.Should().OnlyContain(request => request.DataVersion == null && request.EntityName == "account");
        requests[0].Columns.Columns.Should().Contain(["name", "accountid", "modifiedon", "versionnumber"]);
    }

    [Fact]
    public async Task The_next_feed_gives_changes_and_deletions_since_the_token()
    {
        var service = new StubOrganization(request => ((RetrieveEntityChangesRequest)request).DataVersion is null
            ? Changes(null, Token)
            : Changes(null, "next", Changed(One, "9", "C"), new RemovedOrDeletedItem(ChangeType.RemoveOrDeleted, new EntityReference("account", Two))));

        var first = await ReadAsync(service, since: null);
        var second = await ReadAsync(service, first[^1].Checkpoint);

        ((RetrieveEntityChangesRequest)service.Requests[^1]).DataVersion.Should().Be(Token);
        var page = second.Should().ContainSingle().Subject;
        page.Coverage.Should().Be(ChangeCoverage.Changes);
        page.Records.Should().ContainSingle().Which.Id.Should().Be(One);
        page.Deleted.Should().Equal(Two);
    }

    [Theory]
    [InlineData(0x80044352, "Refused.")]
    [InlineData(0x80040203, "Refused.")]
    [InlineData(0x80040217, "Refused.")]
    [InlineData(0x80072491, "Refused.")]
    [InlineData(0x80040216, "Version stamp associated with the client has expired.")]
    public async Task A_token_that_is_no_longer_honored_leads_to_the_whole_table(uint code, string message)
    {
        var service = new StubOrganization(request => ((RetrieveEntityChangesRequest)request).DataVersion is null
            ? Changes(null, Token, Changed(One, "7", "A"))
            : throw Thrown(Fault(code, message)));
        var first = await ReadAsync(service, since: null);

        var second = await ReadAsync(service, first[^1].Checkpoint);

        second.Should().ContainSingle().Which.Coverage.Should().Be(ChangeCoverage.WholeTable);
    }

    [Theory]
    [InlineData("1 tracked name,accountid,modifiedon accounts?$deltatoken=919042")]
    [InlineData("1 modifiedon 2026-08-17T10:00:00.0000000+00:00")]
    [InlineData("1 beginning")]
    [InlineData("anything else")]
    public async Task A_checkpoint_of_another_connector_leads_to_the_whole_table(string position)
    {
        var service = new StubOrganization(Changes(null, Token, Changed(One, "7", "A")));

        var feed = await ReadAsync(service, new Checkpoint(position));

        feed.Should().ContainSingle().Which.Coverage.Should().Be(ChangeCoverage.WholeTable);
        service.Requests.Should().ContainSingle().Which.Should().BeOfType<RetrieveEntityChangesRequest>().Which.DataVersion.Should().BeNull();
    }

    [Fact]
    public async Task A_token_that_delivers_too_few_columns_leads_to_the_whole_table()
    {
        var service = new StubOrganization(Changes(null, Token));
        var first = await ReadAsync(service, since: null);

        var second = await ReadAsync(service, first[^1].Checkpoint, fields: ["name", "creditlimit"]);

        second[0].Coverage.Should().Be(ChangeCoverage.WholeTable);
    }

    [Fact]
    public async Task A_throttled_feed_begins_again_with_its_token()
    {
        var calls = 0;
        var service = new StubOrganization(request => ((RetrieveEntityChangesRequest)request).DataVersion is null ? Changes(null, Token)
            : calls++ == 0 ? throw Thrown(Fault(0x80072322, retryAfter: TimeSpan.FromSeconds(5)))
            : Changes(null, Token));
        var first = await ReadAsync(service, since: null);

        var second = await ReadAsync(service, first[^1].Checkpoint);

        second[0].Coverage.Should().Be(ChangeCoverage.Changes);
    }

    [Fact]
    public async Task A_last_page_without_a_token_is_malformed() =>
        await ShouldBeMalformedAsync(new StubOrganization(Changes(null, null)));

    [Fact]
    public async Task The_same_page_without_end_is_malformed() =>
        await ShouldBeMalformedAsync(new StubOrganization(Changes("cookie", null, Changed(One, "7", "A"))));

    [Fact]
    public async Task Empty_pages_without_end_are_malformed()
    {
        var service = new StubOrganization(Changes("cookie", null));

        await ShouldBeMalformedAsync(service);

        service.Requests.Should().HaveCount(1_000);
    }

    [Fact]
    public async Task A_change_that_is_neither_a_row_nor_a_deletion_is_malformed() =>
        await ShouldBeMalformedAsync(new StubOrganization(Changes(null, Token, new RemovedOrDeletedItem())));

    private static async Task ShouldBeMalformedAsync(StubOrganization service) =>
        (await FluentActions.Awaiting(() => ReadAsync(service, since: null)).Should().ThrowAsync<ConnectorException>())
            .Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);

    private static NewOrUpdatedItem Changed(Guid id, string version, string name) =>
        new(ChangeType.NewOrUpdated, Row(id, version, ("name", name)));

    private static RetrieveEntityChangesResponse Changes(string? cookie, string? token, params IChangedItem[] items)
    {
        var changes = new BusinessEntityChanges
        {
            MoreRecords = cookie is not null,
            PagingCookie = cookie,
            DataToken = token,
            Changes = new BusinessEntityChangesCollection([.. items]),
        };
        return Answer<RetrieveEntityChangesResponse>("EntityChanges", changes);
    }

    private static async Task<IReadOnlyList<ChangePage>> ReadAsync(
        StubOrganization service, Checkpoint? since, int? pageSize = null, IReadOnlyList<string>? fields = null)
    {
        using var connector = service.Connect();
        var query = new ChangeQuery { Table = "account", Fields = fields ?? ["name"], Since = since, PageSize = pageSize };
        return await connector.ReadChangesAsync(query, default).ToListAsync();
    }
}
