namespace Dataverse.Sync.Tests.Fields;

public sealed class FieldTypeTests
{
    [Fact]
    [Trait("parity", "BC-2.3-08")]
    public async Task Durations_times_and_sets_of_options_travel_both_ways_and_settle()
    {
        using var fixture = new FieldTypeFixture();
        _ = fixture.Jobs.Insert(
            ("effort", FieldValue.Duration(new(1, 30, 31))), ("starts", FieldValue.Time(new(8, 30))), ("colors", "blue; Red"));
        _ = await fixture.RunAsync();

        fixture.Task["effort"].Should().Be(FieldValue.Duration(new(1, 31, 0)), "it is rounded to whole minutes");
        fixture.Task["starts"].Should().Be(FieldValue.Text("08:30:00"));
        fixture.Task["colors"].Should().Be(FieldValue.MultiChoice(1, 3));
        (await fixture.WritesOfFurtherRunsAsync()).Should().Be(0);
        fixture.Job["effort"].Should().Be(FieldValue.Duration(new(1, 30, 31)), "nobody edited it");
        fixture.Job["colors"].Should().Be(FieldValue.Text("blue; Red"), "nobody edited it");

        fixture.Tasks.Update(
            fixture.Task.Id,
            ("effort", FieldValue.Duration(TimeSpan.FromHours(2))), ("starts", "17:00"), ("colors", FieldValue.MultiChoice(3, 2)));
        _ = await fixture.RunAsync();

        fixture.Job["effort"].Should().Be(FieldValue.Duration(TimeSpan.FromHours(2)));
        fixture.Job["starts"].Should().Be(FieldValue.Time(new(17, 0)));
        fixture.Job["colors"].Should().Be(FieldValue.Text("Green; Blue"));
        (await fixture.WritesOfFurtherRunsAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Options_are_removed_and_cleared()
    {
        using var fixture = new FieldTypeFixture();
        _ = fixture.Jobs.Insert(("colors", "Red; Green"));
        _ = await fixture.RunAsync();

        fixture.Jobs.Update(fixture.Job.Id, ("colors", "Green"));
        _ = await fixture.RunAsync();
        fixture.Task["colors"].Should().Be(FieldValue.MultiChoice(2));

        fixture.Tasks.Update(fixture.Task.Id, ("colors", FieldValue.Blank));
        _ = await fixture.RunAsync();
        fixture.Job["colors"].IsBlank.Should().BeTrue();
        (await fixture.WritesOfFurtherRunsAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Unknown_option_fails_the_record_and_lists_the_known_ones()
    {
        using var fixture = new FieldTypeFixture();
        _ = fixture.Jobs.Insert(("colors", "Red; Pink"));

        var job = await fixture.RunAsync();

        job.Counters.Failed.Should().Be(1);
        var error = (await fixture.JobLog.ListErrorsAsync(job.Id, default)).Should().ContainSingle().Subject.Error;
        error.Message.Should().Contain("Red").And.Contain("Green").And.NotContain("Pink");
        fixture.Tasks.Records.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Users))]
    [Trait("parity", "BC-2.1-08")]
    [Trait("parity", "BC-2.2-02")]
    [Trait("parity", "BC-2.3-11")]
    public async Task Field_that_cannot_be_synchronized_is_named_with_the_reason(Action<IntegrationTableMappingBuilder> use)
    {
        using var fixture = new FieldTypeFixture(use);

        var validate = () => fixture.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().Contain(problem =>
            problem.EndsWith(
                "field 'picture' of the local table 'jobs', which is a property of the type Edm.Stream and cannot be synchronized: "
                + "pictures have an address of their own.",
                StringComparison.Ordinal));
        fixture.Jobs.Records.Should().BeEmpty();
    }

    public static TheoryData<Action<IntegrationTableMappingBuilder>> Users() =>
    [
        mapping => mapping.Field("picture", "starts"),
        mapping => mapping.LocalFilter(RecordFilter.IsBlank("picture")),
        mapping => mapping.LocalFilter(RecordFilter.Parse("picture=<>''")),
    ];

    [Theory]
    [InlineData("colors='Red; Blue'", true)]
    [InlineData("colors='3,1'", true)]
    [InlineData("colors=<>'Blue;Red'", false)]
    [InlineData("colors='Red'", false)]
    [InlineData("colors=<>''", true)]
    [InlineData("effort=>PT1H", true)]
    [InlineData("effort=PT90M", true)]
    [InlineData("effort=..PT1H29M", false)]
    public void Filter_text_compares_sets_as_sets_and_durations_by_length(string text, bool passes)
    {
        using var fixture = new FieldTypeFixture();
        _ = fixture.Tasks.Insert(("colors", FieldValue.MultiChoice(1, 3)), ("effort", FieldValue.Duration(new(1, 30, 0))));

        RecordFilter.Parse(text).BindTo(fixture.Tasks.Schema).Matches(fixture.Task).Should().Be(passes);
    }

    [Theory]
    [InlineData("starts=08:30", true)]
    [InlineData("starts=08:00..09:00", true)]
    [InlineData("starts=>08:30:00", false)]
    public void Filter_text_compares_times(string text, bool passes)
    {
        using var fixture = new FieldTypeFixture();
        _ = fixture.Jobs.Insert(("starts", FieldValue.Time(new(8, 30))));

        RecordFilter.Parse(text).BindTo(fixture.Jobs.Schema).Matches(fixture.Job).Should().Be(passes);
    }

    [Theory]
    [InlineData("colors=Pink", "field 'colors' with 'Pink'")]
    [InlineData("colors=>Red", "by order")]
    [InlineData("effort=soon", "a duration, such as PT1H30M")]
    public void Filter_that_fits_no_value_is_a_problem(string text, string expected)
    {
        using var fixture = new FieldTypeFixture();

        var bind = () => RecordFilter.Parse(text).BindTo(fixture.Tasks.Schema);

        bind.Should().Throw<SyncConfigurationException>().Which.Message.Should().Contain(expected);
    }

    [Fact]
    public async Task Constants_of_every_type_are_written_to_new_records()
    {
        using var fixture = new FieldTypeFixture(mapping => mapping
            .Direction(SyncDirection.ToIntegrationTable).IntegrationConstant("colors", FieldValue.Text("Red;Blue")).IntegrationConstant("effort", FieldValue.Duration(TimeSpan.FromHours(1))));
        _ = fixture.Jobs.Insert();

        _ = await fixture.RunAsync();

        fixture.Task["colors"].Should().Be(FieldValue.MultiChoice(1, 3));
        fixture.Task["effort"].Should().Be(FieldValue.Duration(TimeSpan.FromHours(1)));
    }
}
