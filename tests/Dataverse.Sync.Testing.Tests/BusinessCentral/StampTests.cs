using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class StampTests
{
    [Theory]
    [InlineData(0, "2026-08-17T10:00:00Z")]
    [InlineData(1, "2026-08-17T10:00:00Z")]
    [InlineData(2, "2026-08-17T10:00:00.003Z")]
    [InlineData(5, "2026-08-17T10:00:00.007Z")]
    [InlineData(8, "2026-08-17T10:00:00.007Z")]
    [InlineData(9, "2026-08-17T10:00:00.01Z")]
    [InlineData(70, "2026-08-17T10:00:00.07Z")]
    [InlineData(998, "2026-08-17T10:00:00.997Z")]
    [InlineData(999, "2026-08-17T10:00:01Z")]
    public async Task Stamp_is_rounded_to_a_three_hundredth_and_loses_trailing_zeros(int milliseconds, string shown)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        bc.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        ((string)bc.Customer("C1")["lastModifiedDateTime"]!).Should().Be(shown);
    }

    [Fact]
    public void Rounding_twice_is_rounding_once_and_shown_stamps_end_in_0_3_or_7() =>
        Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerDay].Sample(ticks =>
        {
            var rounded = Stamps.Rounded(new DateTimeOffset(ticks, TimeSpan.Zero));
            return Stamps.Rounded(rounded) == rounded
                && Math.Abs(rounded.UtcTicks - ticks) <= 16_667
                && Stamps.Shown(rounded).Millisecond % 10 is 0 or 3 or 7
                && Stamps.Rounded(Stamps.Shown(rounded)) == rounded;
        });

    [Fact]
    public async Task Filter_sees_the_unrounded_stamp_so_gt_repeats_and_ge_misses()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        bc.Time.Advance(TimeSpan.FromMilliseconds(3));
        _ = bc.Customer("C3");
        bc.Time.Advance(TimeSpan.FromMilliseconds(4));
        _ = bc.Customer("C7");

        (await bc.GetAsync("customers?$filter=lastModifiedDateTime gt 2026-08-17T10:00:00.003Z")).Column("number")
            .Should().Equal("C3", "C7");
        (await bc.GetAsync("customers?$filter=lastModifiedDateTime ge 2026-08-17T10:00:00.007Z")).Rows.Should()
            .BeEmpty();
    }

    [Fact]
    public async Task Filter_sees_the_shown_stamp_when_switched()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { FiltersUnroundedStamps = false });
        bc.Time.Advance(TimeSpan.FromMilliseconds(7));
        _ = bc.Customer("C7");

        (await bc.GetAsync("customers?$filter=lastModifiedDateTime eq 2026-08-17T10:00:00.007Z")).Rows.Should()
            .HaveCount(1);
        (await bc.GetAsync("customers?$filter=lastModifiedDateTime gt 2026-08-17T10:00:00.007Z")).Rows.Should()
            .BeEmpty();
    }

    [Fact]
    public async Task Forced_stamp_makes_rows_tie_until_released()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        bc.Emulator.ForcedStamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _ = bc.Customer("C1");
        bc.Time.Advance(TimeSpan.FromHours(1));
        _ = bc.Customer("C2");
        bc.Emulator.ForcedStamp = null;
        _ = bc.Customer("C3");

        (await bc.GetAsync("customers")).Column("lastModifiedDateTime").Should()
            .Equal("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-08-17T11:00:00Z");
    }

    [Fact]
    public async Task Skewed_servers_take_turns_so_that_stamps_go_backwards()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new()
        {
            ServerClockSkews = [TimeSpan.Zero, TimeSpan.FromSeconds(-2)],
            CreateContactsForBusinessRelations = false,
        });
        var stamps = new List<DateTimeOffset>();
        for (var i = 0; i < 6; i++)
        {
            stamps.Add(
                DateTimeOffset.Parse(
                    (string)bc.Customer($"C{i}")["lastModifiedDateTime"]!, CultureInfo.InvariantCulture));
        }

        stamps.Zip(stamps.Skip(1), (earlier, later) => later - earlier).Should()
            .OnlyContain(step => step.Duration() == TimeSpan.FromSeconds(2));
        stamps.Distinct().Should().HaveCount(2);
    }

    [Fact]
    public async Task Late_commit_shows_a_row_after_newer_stamps_were_read()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var late = bc.Emulator.Table("customers")
            .BeginInsert(new JsonObject { ["number"] = "SLOW", ["displayName"] = "A" });
        bc.Time.Advance(TimeSpan.FromSeconds(10));
        _ = bc.Customer("FAST");
        (await bc.GetAsync("customers")).Column("number").Should().Equal("FAST");

        ((string)late.Commit()["lastModifiedDateTime"]!).Should().Be("2026-08-17T10:00:00Z");

        (await bc.GetAsync("customers?$orderby=lastModifiedDateTime")).Column("number").Should().Equal("SLOW", "FAST");
        late.Invoking(write => write.Commit()).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task Late_update_keeps_the_stamp_of_its_beginning()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = Guid.Parse((string)bc.Customer("C1")["id"]!);
        bc.Time.Advance(TimeSpan.FromSeconds(1));
        var late = bc.Emulator.Table("customers").BeginUpdate(id, new JsonObject { ["city"] = "Oslo" });
        bc.Time.Advance(TimeSpan.FromSeconds(10));

        _ = late.Commit();

        var row = bc.Emulator.Table("customers").Get(id)!;
        ((string)row["city"]!, (string)row["lastModifiedDateTime"]!).Should().Be(("Oslo", "2026-08-17T10:00:01Z"));
    }

    [Fact]
    public async Task Read_only_intent_sees_a_lagging_copy_and_writes_refuse_it()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { ReplicaLag = TimeSpan.FromSeconds(5) });
        bc.Time.Advance(TimeSpan.FromMinutes(1));
        _ = bc.Customer("C1");
        var intent = ("Data-Access-Intent", "ReadOnly");

        (await bc.GetAsync("customers", intent)).Rows.Should().BeEmpty();
        (await bc.GetAsync("customers", ("Data-Access-Intent", "ReadWrite"))).Rows.Should().HaveCount(1);
        bc.Time.Advance(TimeSpan.FromSeconds(5));
        (await bc.GetAsync("customers", intent)).Rows.Should().HaveCount(1);
        (await bc.SendAsync("POST", "customers", new JsonObject { ["displayName"] = "A" }, intent)).ShouldBeRefused(
            400, "BadRequest_InvalidOperation");
    }

    [Fact]
    public async Task Read_only_intent_sees_the_present_without_a_lag()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");

        (await bc.GetAsync("customers", ("Data-Access-Intent", "ReadOnly"))).Rows.Should().HaveCount(1);
    }
}
