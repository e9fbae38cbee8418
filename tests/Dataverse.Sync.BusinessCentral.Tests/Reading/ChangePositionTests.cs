using CsCheck;

namespace Dataverse.Sync.BusinessCentral.Tests.Reading;

public sealed class ChangePositionTests
{
    [Fact]
    public void Parse_undoes_every_stamp() => Gen.DateTimeOffset.Sample(stamp =>
        ChangePosition.Parse(new ChangePosition(stamp).ToCheckpoint()) == new ChangePosition(stamp.ToUniversalTime()));

    [Fact]
    public void Parse_of_anything_gives_a_stamp_or_none() => Gen.Select(OneOf("1;", "2;", ""), Gen.String).Sample((begin, text) =>
        ChangePosition.Parse(new Checkpoint((begin + text) is { Length: > 0 } whole ? whole : " ")) is null or { Stamp: not null });

    [Fact]
    public async Task ReadChanges_since_any_stamp_reads_the_table()
    {
        using var service = StubService.Answering("""{"value":[]}""");

        await Gen.DateTimeOffset.SampleAsync(async stamp =>
        {
            var pages = await service.ReadChangesAsync(new() { Table = "customers", Fields = ["city"], Since = new ChangePosition(stamp).ToCheckpoint() });
            pages.Should().ContainSingle().Which.Checkpoint.Should().Be(new ChangePosition(stamp).ToCheckpoint());
        });
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
