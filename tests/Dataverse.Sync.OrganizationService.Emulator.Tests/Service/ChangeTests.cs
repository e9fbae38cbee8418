using Dataverse.Sync.Testing;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;
using static Dataverse.Sync.OrganizationService.Emulator.Tests.ServiceBench;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>RetrieveEntityChanges.</summary>
public sealed class ChangeTests
{
    [Fact]
    public async Task The_first_feed_is_the_table_and_the_next_one_what_changed()
    {
        await using var bench = await StartAsync();
        var (kept, gone) = (bench.Accounts.Insert(("name", "A")).Id, bench.Accounts.Insert(("name", "B")).Id);

        var first = await ReadAsync(bench, null);
        bench.Accounts.Delete(gone);
        _ = bench.Accounts.Update(kept, ("name", "C"));
        var next = await ReadAsync(bench, first.Token);

        first.Items.OfType<NewOrUpdatedItem>().Select(item => item.NewOrUpdatedEntity.Id).Should().BeEquivalentTo([kept, gone]);
        next.Items.OfType<NewOrUpdatedItem>().Should().ContainSingle().Which.NewOrUpdatedEntity["name"].Should().Be("C");
        next.Items.OfType<RemovedOrDeletedItem>().Should().ContainSingle().Which.RemovedItem.Id.Should().Be(gone);
        (await ReadAsync(bench, next.Token)).Items.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tokens_come_with_the_last_page_or_with_every_one(bool withEvery)
    {
        await using var bench = await StartAsync(new EmulatedServiceOptions { TokensOnEveryPage = withEvery });
        for (var number = 0; number < 5; number++)
        {
            _ = bench.Accounts.Insert(("name", "A"));
        }

        var request = Request(null);
        request.PageInfo = new PagingInfo { PageNumber = 1, Count = 2 };
        var pages = new List<BusinessEntityChanges>();
        do
        {
            pages.Add((await bench.ExecuteAsync<RetrieveEntityChangesResponse>(request)).EntityChanges);
            request.PageInfo = new PagingInfo { PageNumber = pages.Count + 1, Count = 2, PagingCookie = pages[^1].PagingCookie };
        }
        while (pages[^1].MoreRecords);

        pages.Select(page => page.Changes.Count).Should().Equal(2, 2, 1);
        pages.Select(page => page.DataToken is null).Should().Equal(!withEvery, !withEvery, false);
    }

    [Theory]
    [InlineData(null, "0x80044352")]
    [InlineData("0x80040203", "0x80040203")]
    public async Task Expired_tokens_are_refused_with_the_code_that_is_set(string? set, string code)
    {
        await using var bench = await StartAsync(new EmulatedServiceOptions { ExpiredTokenCode = set });
        var token = (await ReadAsync(bench, null)).Token;

        bench.Emulator.ExpireDeltaTokens();

        (await bench.CodeOfAsync(Request(token))).Should().Be(code);
    }

    [Fact]
    public async Task Tables_without_change_tracking_and_callers_who_do_not_see_all_are_refused()
    {
        await using var bench = await StartAsync();
        bench.Emulator.Security.Hide("account", _ => false);
        (await bench.CodeOfAsync(Request(null))).Should().Be("0x80040220");

        bench.Accounts.ChangeTracking = false;
        (await bench.CodeOfAsync(Request(null))).Should().Be("0x80072491");
    }

    private static RetrieveEntityChangesRequest Request(string? token) =>
        new() { EntityName = "account", Columns = new ColumnSet("name"), DataVersion = token };

    private static async Task<(IReadOnlyList<IChangedItem> Items, string Token)> ReadAsync(ServiceBench bench, string? token)
    {
        var changes = (await bench.ExecuteAsync<RetrieveEntityChangesResponse>(Request(token))).EntityChanges;
        return ([.. changes.Changes], changes.DataToken);
    }
}
