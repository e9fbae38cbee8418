using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.IntegrationTests.Values;

/// <summary>Values that Dataverse stores in another form, over HTTP: Business Central keeps what its users typed.</summary>
public sealed class StoredFormTests
{
    public static TheoryData<MidpointRounding, bool, bool> Systems { get; } = new()
    {
        { MidpointRounding.AwayFromZero, false, false },
        { MidpointRounding.ToEven, true, false },
        { MidpointRounding.ToZero, false, true },
        { MidpointRounding.ToEven, true, true },
    };

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Values_with_more_than_Dataverse_stores_stay_as_they_were_typed(MidpointRounding rounding, bool rounds, bool normalizes)
    {
        await using var bench = await PriceBench.StartAsync(new()
        {
            NumberRounding = rounding,
            RoundsFractionsOfSeconds = rounds,
            TrimsText = normalizes,
            StoresLineFeeds = normalizes,
        });
        var id = Id(bench.Prices.Insert(Values("P1", 12.34567m, "2026-01-02T03:04:05.67Z", "First\r\nSecond ")));

        await bench.FullAsync();
        await bench.ModifiedAsync();

        ShouldHold(bench.Price, 12.34567m, "2026-01-02T03:04:05.67Z", "First\r\nSecond ");
        (bench.Row["new_price"], bench.Row["new_seenon"], bench.Row["new_remark"]).Should()
            .Be((12.35m, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "First\nSecond"));
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);

        _ = bench.Prices.Update(id, new JsonObject { ["price"] = 99.98765m });
        await bench.ModifiedAsync();
        await bench.ModifiedAsync();

        ShouldHold(bench.Price, 99.98765m, "2026-01-02T03:04:05.67Z", "First\r\nSecond ");
        bench.Row["new_price"].Should().Be(99.99m);
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);
    }

    [Fact]
    public async Task An_edit_of_one_cent_in_Dataverse_travels()
    {
        await using var bench = await PriceBench.StartAsync();
        _ = bench.Prices.Insert(Values("P1", 12.34567m, "2026-01-02T03:04:05.67Z", "Text"));
        await bench.FullAsync();

        _ = bench.Rows.Update(bench.Row.Id, ("new_price", 12.36m));
        await bench.ModifiedAsync();

        ShouldHold(bench.Price, 12.36m, "2026-01-02T03:04:05.67Z", "Text");
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_date_that_a_person_picked_in_a_column_of_instants_is_that_date_in_the_named_time_zone()
    {
        await using var bench = await PriceBench.StartAsync();
        _ = bench.Prices.Insert(Values("P1", 1m, "2026-01-02T03:04:05Z", "Text"));
        await bench.FullAsync();

        _ = bench.Rows.Update(bench.Row.Id, ("new_due", new DateTimeOffset(2026, 3, 14, 23, 0, 0, TimeSpan.Zero)));
        await bench.ModifiedAsync();

        ((string?)bench.Price["due"]).Should().Be("2026-03-15");
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);
    }

    private static JsonObject Values(string number, decimal price, string seenOn, string remark) =>
        new() { ["number"] = number, ["price"] = price, ["seenOn"] = seenOn, ["remark"] = remark };

    private static Guid Id(JsonObject row) => Guid.Parse((string)row["id"]!);

    private static void ShouldHold(JsonObject row, decimal price, string seenOn, string remark) =>
        ((decimal)row["price"]!, (string?)row["seenOn"], (string?)row["remark"]).Should().Be((price, seenOn, remark));
}
