namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>What the connector promises whatever the real service does where nobody knows.</summary>
public sealed class SwitchTests
{
    public static TheoryData<string> Positions => [.. Switches.OneByOne.Keys];

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task Values_and_blanks_survive_the_way_there_and_back(string position)
    {
        await using var fixture = await EmulatorFixture.StartAsync(Switches.OneByOne[position]);

        var inserted = (await fixture.WriteAsync(new WriteOperation
        {
            Kind = WriteKind.Insert,
            Id = Guid.Empty,
            Fields = [new("number", FieldValue.Text("c1 ")), new("displayName", FieldValue.Text("Möbel")), new("blocked", FieldValue.Text("Ship")), new("city", FieldValue.Text("Oslo")), new("creditLimit", FieldValue.Decimal(10.50m))],
        }))[0];
        var cleared = (await fixture.WriteAsync(EmulatorFixture.Update(
            inserted.Id, inserted.Version, new("blocked", FieldValue.Blank), new("city", FieldValue.Blank), new("creditLimit", FieldValue.Blank))))[0];

        inserted.Status.Should().Be(WriteStatus.Applied);
        inserted.Record!["number"].Should().Be(FieldValue.Text("C1"), "codes are stored trimmed and in upper case");
        inserted.Record["blocked"].Should().Be(FieldValue.Text("Ship"));
        cleared.Status.Should().Be(WriteStatus.Applied);
        var record = await fixture.ReadAsync(inserted.Id);
        record["blocked"].IsBlank.Should().BeTrue();
        record["city"].IsBlank.Should().BeTrue();
        record["creditLimit"].Should().Be(FieldValue.Decimal(0));
        record["currencyCode"].Should().Be(FieldValue.Text("GBP"), "the local currency is shown for a blank");
        record.Version.Should().Be(cleared.Version);
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task Conditions_protect_what_others_did(string position)
    {
        await using var fixture = await EmulatorFixture.StartAsync(Switches.OneByOne[position]);
        var id = fixture.AddCustomer("C1");
        var stale = (await fixture.ReadAsync(id)).Version;
        _ = fixture.Emulator.Table("customers").Update(id, new() { ["city"] = "Bergen" });

        var results = await fixture.WriteAsync(
            EmulatorFixture.Update(id, stale, new FieldWrite("city", FieldValue.Text("Oslo"))),
            EmulatorFixture.Insert("c1"),
            EmulatorFixture.Update(Guid.NewGuid(), null, new FieldWrite("city", FieldValue.Text("Oslo"))),
            EmulatorFixture.Delete(Guid.NewGuid(), "W/\"any\""));
        var deletion = (await fixture.WriteAsync(EmulatorFixture.Delete(id, stale)))[0];

        results.Select(result => result.Status).Should().Equal(WriteStatus.VersionMismatch, WriteStatus.AlreadyExists, WriteStatus.NotFound, WriteStatus.Applied);
        deletion.Status.Should().Be(WriteStatus.VersionMismatch);
        (await fixture.WriteAsync(EmulatorFixture.Delete(id, (await fixture.ReadAsync(id)).Version)))[0].Status.Should().Be(WriteStatus.Applied);
        fixture.Emulator.Table("customers").Count.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task Every_field_can_be_looked_up_by(string position)
    {
        await using var fixture = await EmulatorFixture.StartAsync(Switches.OneByOne[position]);
        var id = fixture.AddCustomer("C1", "O'Neil & Söhne");
        _ = fixture.AddCustomer("C2");
        _ = fixture.Emulator.Table("customers").Update(id, new() { ["blocked"] = "All", ["creditLimit"] = 7.5m });

        (await fixture.FindAsync("blocked", FieldValue.Text("all"))).Should().Equal(id);
        (await fixture.FindAsync("displayName", FieldValue.Text("o'neil & söhne"))).Should().Equal(id);
        (await fixture.FindAsync("creditLimit", FieldValue.Decimal(7.5m), FieldValue.Decimal(8))).Should().Equal(id);
        (await fixture.FindAsync("number", FieldValue.Text("c1"), FieldValue.Text("C9"))).Should().Equal(id);
        (await fixture.FindAsync("currencyCode", FieldValue.Text("GBP"))).Should().HaveCount(2);
        (await fixture.FindAsync("id", FieldValue.Identifier(id))).Should().Equal(id);
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task A_feed_finds_what_happened_at_any_moment_of_the_clock(string position)
    {
        await using var fixture = await EmulatorFixture.StartAsync(Switches.OneByOne[position]);
        var checkpoint = (await fixture.ReadChangesAsync())[^1].Checkpoint;
        var expected = new List<Guid>();
        for (var number = 0; number < 20; number++)
        {
            fixture.Clock.Advance(TimeSpan.FromMilliseconds(number % 3 == 0 ? 1 : 17));
            expected.Add(fixture.AddCustomer($"C{number}"));
            var pages = await fixture.ReadChangesAsync(checkpoint, pageSize: 3);
            pages.SelectMany(page => page.Records).Select(record => record.Id).Should().Contain(expected[^1]);
            checkpoint = pages[^1].Checkpoint;
        }
    }
}
