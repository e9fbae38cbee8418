using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class PagingTests
{
    private static readonly (string, string) TwoPerPage = ("Prefer", "odata.maxpagesize=2");

    [Fact]
    public async Task Next_links_lead_through_all_rows_once()
    {
        await using var bc = await CustomersAsync(5);

        var pages = new List<string>();
        for (var url =
            $"{BusinessCentralFixture.CompanyPath}/customers?$filter=number ne 'C4'&$select=number"; url is not null;)
        {
            var answer = await bc.SendRawAsync("GET", url, null, TwoPerPage);
            pages.Add(string.Join(',', answer.Column("number")));
            url = answer.NextLink;
        }

        pages.Should().Equal("C1,C2", "C3,C5");
    }

    [Fact]
    public async Task Next_link_is_absolute_and_keeps_the_original_options()
    {
        await using var bc = await CustomersAsync(3);

        var link = (await bc.GetAsync("customers?$select=number&$filter=number%20ne%20'x'", TwoPerPage)).NextLink!;

        link.Should().StartWith(
            $"{bc.Emulator.BaseAddress}{BusinessCentralFixture.CompanyPath}/customers?$select=number&$filter=number%20ne%20'x'&");
        link.Should().Contain("$skiptoken=").And.Contain("aid=FIFO");
    }

    [Fact]
    public async Task Last_page_that_is_just_full_has_no_next_link()
    {
        await using var bc = await CustomersAsync(2);

        (await bc.GetAsync("customers", TwoPerPage)).NextLink.Should().BeNull();
    }

    [Fact]
    public async Task Top_suppresses_the_next_link()
    {
        await using var bc = await CustomersAsync(5);

        var answer = await bc.GetAsync("customers?$top=3&$skip=1", TwoPerPage);

        answer.Column("number").Should().Equal("C2", "C3", "C4");
        answer.NextLink.Should().BeNull();
    }

    [Fact]
    public async Task Server_cuts_pages_at_its_own_size_whatever_is_preferred()
    {
        await using var bc = await CustomersAsync(3, new() { MaxPageSize = 2 });

        (await bc.GetAsync("customers")).Rows.Should().HaveCount(2);
        (await bc.GetAsync("customers", ("Prefer", "odata.maxpagesize=100"))).Rows.Should().HaveCount(2);
    }

    [Fact]
    public async Task Pages_are_live_reads_so_an_insert_behind_the_position_is_missed_and_one_before_it_seen()
    {
        await using var bc = await CustomersAsync(3);
        var first = await bc.GetAsync("customers", TwoPerPage);
        _ = bc.Customer("C0");
        _ = bc.Customer("C9");

        var second = await bc.SendRawAsync("GET", first.NextLink!, null, TwoPerPage);

        second.Column("number").Should().Equal("C3", "C9");
    }

    [Fact]
    public async Task Page_whose_last_row_was_deleted_goes_on_from_its_key()
    {
        await using var bc = await CustomersAsync(4);
        var first = await bc.GetAsync("customers", TwoPerPage);
        bc.Emulator.Table("customers").Delete(Guid.Parse((string)first.Rows[1]["id"]!));

        (await bc.SendRawAsync("GET", first.NextLink!, null, TwoPerPage)).Column("number").Should().Equal("C3", "C4");
    }

    [Fact]
    public async Task Order_by_stamp_with_ties_pages_without_loss()
    {
        await using var bc = await CustomersAsync(5);
        var seen = new List<string>();
        for (var url =
            $"{BusinessCentralFixture.CompanyPath}/customers?$orderby=lastModifiedDateTime desc"; url is not null;)
        {
            var answer = await bc.SendRawAsync("GET", url, null, TwoPerPage);
            seen.AddRange(answer.Column("number"));
            url = answer.NextLink;
        }

        seen.Should().Equal("C1", "C2", "C3", "C4", "C5");
    }

    [Fact]
    public async Task Row_modified_during_a_walk_in_stamp_order_is_seen_twice()
    {
        await using var bc = await CustomersAsync(3);
        var first = await bc.GetAsync("customers?$orderby=lastModifiedDateTime", TwoPerPage);
        bc.Time.Advance(TimeSpan.FromSeconds(1));
        _ = bc.Emulator.Table("customers")
            .Update(Guid.Parse((string)first.Rows[0]["id"]!), new JsonObject { ["city"] = "Oslo" });

        (await bc.SendRawAsync("GET", first.NextLink!, null, TwoPerPage)).Column("number").Should().Equal("C3", "C1");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("W10")]
    [InlineData("eyJhIjoxfQ")]
    public async Task Skip_token_of_another_make_is_400(string token)
    {
        await using var bc = await CustomersAsync(1);

        (await bc.GetAsync($"customers?$skiptoken={token}")).ShouldBeRefused(400, "BadRequest");
    }

    private static async Task<BusinessCentralFixture> CustomersAsync(
        int count, BusinessCentralEmulatorOptions? options = null)
    {
        var bc = await BusinessCentralFixture.StartAsync(options);
        for (var i = 1; i <= count; i++)
        {
            _ = bc.Customer($"C{i}");
        }

        return bc;
    }
}
