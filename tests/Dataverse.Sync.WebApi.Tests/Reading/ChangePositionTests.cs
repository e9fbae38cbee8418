using CsCheck;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi.Tests;

public sealed class ChangePositionTests
{
    private static readonly Gen<string> Words = Gen.String[Gen.Char["abc_09"], 1, 12];

    [Fact]
    public void Parse_undoes_every_link() =>
        Gen.Select(Words.Array[1, 6], Gen.String[Gen.Char["ab?&=$%21!/.-_~"], 1, 60]).Sample((columns, link) =>
        {
            var position = ChangePosition.Parse(new ChangePosition.DeltaLink(columns, link).ToCheckpoint(ChangeFeed.Form), ChangeFeed.Form);
            position.Should().BeOfType<ChangePosition.DeltaLink>().Which.Should().BeEquivalentTo(new { Columns = columns, Link = link });
        });

    [Fact]
    public void Parse_undoes_every_stamp() => Gen.DateTimeOffset.Sample(stamp =>
        ChangePosition.Parse(new ChangePosition.Watermark(stamp).ToCheckpoint(ChangeFeed.Form), ChangeFeed.Form) == new ChangePosition.Watermark(stamp));

    [Fact]
    public void Parse_of_anything_gives_a_position() => Gen.OneOf(
        Gen.String,
        Gen.Select(OneOf("1 tracked ", "1 modifiedon ", "2 tracked ", "1 "), Gen.String, (begin, text) => begin + text)).Sample(text =>
        ChangePosition.Parse(new Checkpoint(text.Length == 0 ? " " : text), ChangeFeed.Form) is not null);

    [Theory]
    [InlineData("sdk1 tracked name,accountid 919042%2108%2F22")]
    [InlineData("sdk1 modifiedon 2026-08-17T10:00:00.0000000+00:00")]
    [InlineData("sdk1 beginning")]
    public void Checkpoint_of_another_connector_begins_again(string text) =>
        ChangePosition.Parse(new Checkpoint(text), ChangeFeed.Form).Should().Be(ChangePosition.Beginning);

    [Fact]
    public async Task ReadChanges_since_anything_reads_the_table()
    {
        const string Page = """{"value":[],"@odata.deltaLink":"accounts?$deltatoken=2"}""";
        var service = new StubService(_ => StubService.JsonAnswer(Page));
        using var connector = service.Connect();

        await Gen.Select(OneOf("1 tracked accountid,name,modifiedon ", "1 modifiedon ", ""), Gen.String[Gen.Char["ac:/\\?#[]@%.ou nts\0é\ud800"], 1, 20]).SampleAsync(async (begin, text) =>
        {
            var pages = await connector.ReadChangesAsync(new() { Table = "account", Fields = ["name"], Since = new Checkpoint(begin + text) }, default).ToListAsync();
            pages.Should().ContainSingle().Which.Checkpoint.Should().NotBeNull();
        });

        service.Requests.Should().OnlyContain(request => request.Address.Host == "contoso.crm4.dynamics.com" && request.Address.AbsolutePath.EndsWith("/accounts", StringComparison.Ordinal));
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
