using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Planning;

/// <summary>Dates on one side, instants on the other.</summary>
public sealed class TimeZoneTests
{
    private static readonly FieldSchema DateField = new() { Name = "value", Type = FieldType.Date };

    private static readonly FieldSchema Instant = new() { Name = "value", Type = FieldType.DateTime };

    private static readonly FieldSchema WallClock =
        Instant with { DateTimeBehavior = DateTimeBehavior.TimeZoneIndependent };

    [Theory]
    [InlineData("Europe/Amsterdam", "2026-03-15", "2026-03-14T23:00:00Z")]
    [InlineData("Europe/Amsterdam", "2026-07-15", "2026-07-14T22:00:00Z")]
    [InlineData("America/New_York", "2026-03-15", "2026-03-15T04:00:00Z")]
    [InlineData("W. Europe Standard Time", "2026-03-15", "2026-03-14T23:00:00Z")]
    [InlineData("central america standard time", "2026-03-15", "2026-03-15T06:00:00Z")]
    [InlineData("Nepal Standard Time", "2026-03-15", "2026-03-14T18:15:00Z")]
    [InlineData("Asia/Kathmandu", "2026-03-15", "2026-03-14T18:15:00Z")]
    [InlineData("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")]
    [InlineData("UTC", "0001-01-01", "0001-01-01T00:00:00Z")]
    public async Task Date_is_the_beginning_of_the_day_in_the_named_time_zone_and_comes_back(string zone, string date, string instant)
    {
        using var systems = new ValueFixture(DateField, Instant, field => field.InTimeZone(zone));
        var item = systems.Items.Insert(("value", Date(date))).Id;

        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Row["value"].ToString().Should().Be(instant);

        _ = systems.Rows.Update(systems.Row.Id, ("value", Time("2026-01-01T12:00:00Z")));
        _ = await systems.ConvergeAsync();
        _ = systems.Rows.Update(systems.Row.Id, ("value", Time(instant)));
        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Items.Find(item)!["value"].AsDate().Should().Be(Date(date));
    }

    [Theory]
    [InlineData("Europe/Amsterdan")]
    [InlineData("Amsterdam Standard Time")]
    public void Unknown_time_zone_is_named_and_refused_with_what_to_write(string zone)
    {
        var build = () => new ValueFixture(DateField, Instant, field => field.InTimeZone(zone));

        build.Should().Throw<TimeZoneNotFoundException>().WithMessage($"*'{zone}'*\"Europe/Amsterdam\"*");
    }

    [Fact]
    public async Task Time_zone_of_the_table_mapping_serves_all_fields()
    {
        using var systems = new ValueFixture(DateField, Instant, mapping: mapping => mapping.InTimeZone("Europe/Amsterdam"));
        _ = systems.Rows.Insert(("value", Time("2026-03-14T23:00:00Z")));

        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Item["value"].AsDate().Should().Be(new DateOnly(2026, 3, 15));
        systems.Row["value"].ToString().Should().Be("2026-03-14T23:00:00Z");
    }

    [Fact]
    public async Task Date_that_a_person_picked_in_another_time_zone_is_not_rewritten()
    {
        using var systems = new ValueFixture(DateField, Instant, field => field.InTimeZone("Europe/Amsterdam"));
        _ = systems.Rows.Insert(("value", Time("2026-03-15T04:00:00Z")));

        (await systems.ConvergeAsync()).Should().Be(0);
        (systems.Item["value"].ToString(), systems.Row["value"].ToString()).Should().Be(("2026-03-15", "2026-03-15T04:00:00Z"));
    }

    [Fact]
    public async Task Date_and_instant_without_a_time_zone_are_refused_with_what_to_write()
    {
        using var systems = new ValueFixture(DateField, Instant);

        var validate = () => systems.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Message
            .Should().Contain("'value>value'").And.Contain(".InTimeZone(\"Europe/Amsterdam\")");
    }

    [Fact]
    public async Task Date_and_time_that_are_the_same_for_everybody_need_no_time_zone()
    {
        using var systems = new ValueFixture(DateField, WallClock);
        _ = systems.Items.Insert(("value", Date("2026-03-15")));

        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Row["value"].ToString().Should().Be("2026-03-15T00:00:00Z");
    }

    [Theory]
    [InlineData("2026-03-15T10:00:00Z", "2026-03-15T11:00:00Z")]
    [InlineData("2026-07-15T10:00:00Z", "2026-07-15T12:00:00Z")]
    public async Task Instant_and_wall_clock_are_converted_in_the_named_time_zone(string instant, string wallClock)
    {
        using var systems = new ValueFixture(Instant, WallClock, field => field.InTimeZone("Europe/Amsterdam"));
        _ = systems.Items.Insert(("value", Time(instant)));
        _ = systems.Rows.Insert(("value", Time(wallClock)));

        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Rows.Records.Should().AllSatisfy(row => row["value"].ToString().Should().Be(wallClock));
        systems.Items.Records.Should().AllSatisfy(item => item["value"].ToString().Should().Be(instant));
    }

    [Fact]
    public async Task Converter_counts_as_naming_a_time_zone()
    {
        using var systems = new ValueFixture(DateField, Instant, field => field.Convert(new NoonConverter()));
        _ = systems.Items.Insert(("value", Date("2026-03-15")));

        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Row["value"].ToString().Should().Be("2026-03-15T12:00:00Z");
    }

    [Fact]
    public async Task Date_that_the_other_time_zone_cannot_represent_fails_its_record_and_says_so()
    {
        using var systems = new ValueFixture(DateField, Instant, field => field.InTimeZone("Asia/Tokyo"));
        _ = systems.Items.Insert(("value", DateOnly.MinValue));
        _ = systems.Items.Insert(("value", Date("2026-03-15")));

        var job = await systems.FullAsync();

        job.Counters.Should().BeEquivalentTo(new { Inserted = 1, Failed = 1 });
        (await systems.FailuresAsync()).Should().ContainSingle().Which.Error.Message
            .Should().Contain("'value>value'").And.Contain("years 1 to 9999");
    }

    private static DateOnly Date(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class NoonConverter : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue local) => local.IsBlank
            ? default
            : FieldValue.DateTime(new(local.AsDate().ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero));

        public FieldValue ToLocal(FieldValue integration) => integration.IsBlank
            ? default
            : FieldValue.Date(DateOnly.FromDateTime(integration.AsDateTime().UtcDateTime));
    }
}
