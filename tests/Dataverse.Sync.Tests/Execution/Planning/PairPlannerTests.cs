using Dataverse.Sync.Execution;
using static Dataverse.Sync.Tests.Execution.Planning.Plans;

namespace Dataverse.Sync.Tests.Execution.Planning;

public sealed class PairPlannerTests
{
    private static readonly TableSchema LocalTable = Schema("l", Text("name"), Text("city"));
    private static readonly TableSchema IntegrationTable = Schema("i", Text("name"), Text("city"));

    [Fact]
    public void Merge_without_changes_plans_nothing_and_keeps_the_base()
    {
        var pair = new Pair();

        var plan = pair.Merge();

        plan.Should().BeEquivalentTo(new { Outcome = PlanOutcome.Unchanged, LocalWrites = NoWrites, IntegrationWrites = NoWrites, Conflicts = Array.Empty<FieldConflict>() });
        plan.NextBase.Should().BeSameAs(pair.Base);
    }

    [Fact]
    public void Merge_of_a_local_change_writes_integration_only_that_field()
    {
        var pair = new Pair { Local = ["new", "c"] };

        var plan = pair.Merge();

        plan.Outcome.Should().Be(PlanOutcome.Modified);
        plan.IntegrationWrites.Should().Equal(Write("name", "new"));
        plan.LocalWrites.Should().BeEmpty();
        plan.NextBase.Should().Be(pair.BaseAs(["new", "c"], ["new", "c"]));
    }

    [Fact]
    public void Merge_of_an_integration_change_writes_local_only_that_field()
    {
        var plan = new Pair { Integration = ["n", "new"] }.Merge();

        plan.LocalWrites.Should().Equal(Write("city", "new"));
        plan.IntegrationWrites.Should().BeEmpty();
    }

    [Fact]
    public void Merge_of_equal_changes_writes_nothing_and_moves_the_base()
    {
        var pair = new Pair { Local = ["new", "c"], Integration = ["new", "c"] };

        var plan = pair.Merge();

        plan.Outcome.Should().Be(PlanOutcome.Unchanged);
        plan.NextBase.Should().Be(pair.BaseAs(["new", "c"], ["new", "c"]));
    }

    [Fact]
    public void I10_Merge_of_different_changes_records_a_conflict_on_that_field_and_lets_the_other_travel()
    {
        var pair = new Pair { Local = ["ours", "moved"], Integration = ["theirs", "c"] };

        var plan = pair.Merge();

        plan.Outcome.Should().Be(PlanOutcome.Conflicted);
        plan.Conflicts.Should().Equal(new FieldConflict("name>name", FieldValue.Text("ours"), FieldValue.Text("theirs")));
        plan.IntegrationWrites.Should().Equal(Write("city", "moved"));
        plan.LocalWrites.Should().BeEmpty();
        plan.NextBase.Should().Be(pair.BaseAs(["n", "moved"], ["n", "moved"]));
    }

    [Theory]
    [InlineData(UpdateConflictPolicy.SendUpdateToIntegration, 0, true)]
    [InlineData(UpdateConflictPolicy.GetUpdateFromIntegration, 0, false)]
    [InlineData(UpdateConflictPolicy.NewestWins, 1, true)]
    [InlineData(UpdateConflictPolicy.NewestWins, -1, false)]
    [InlineData(UpdateConflictPolicy.NewestWins, 0, true)]
    public void I10_Merge_of_different_changes_under_a_policy_writes_once_and_keeps_the_loser(UpdateConflictPolicy policy, int localIsLaterBy, bool localWins)
    {
        var pair = new Pair { Local = ["ours", "c"], Integration = ["theirs", "c"], LocalStamp = Monday.AddHours(localIsLaterBy) };

        var plan = pair.Merge(Default with { Conflicts = policy });

        plan.Outcome.Should().Be(PlanOutcome.Modified);
        plan.Conflicts.Should().Equal(new FieldConflict(
            "name>name", FieldValue.Text("ours"), FieldValue.Text("theirs"), localWins ? ConflictResolution.LocalWon : ConflictResolution.IntegrationWon));
        plan.IntegrationWrites.Should().Equal(localWins ? [Write("name", "ours")] : NoWrites);
        plan.LocalWrites.Should().Equal(localWins ? NoWrites : [Write("name", "theirs")]);
    }

    [Fact]
    public void Merge_with_a_decision_follows_it_and_leaves_the_other_conflict_open()
    {
        var pair = new Pair { Local = ["ours", "here"], Integration = ["theirs", "there"] };

        var plan = pair.Planner.Merge(pair.State, Default, new Dictionary<FieldMappingKey, ConflictResolution> { ["city>city"] = ConflictResolution.IntegrationWon });

        plan.Outcome.Should().Be(PlanOutcome.Conflicted);
        plan.LocalWrites.Should().Equal(Write("city", "there"));
        plan.Conflicts.Select(conflict => conflict.Resolution).Should().Equal(ConflictResolution.Open, ConflictResolution.IntegrationWon);
    }

    [Theory]
    [InlineData(false, "n", "theirs", false, false)]
    [InlineData(true, "n", "theirs", false, true)]
    [InlineData(false, "ours", "n", false, true)]
    [InlineData(false, "ours", "theirs", false, true)]
    [Trait("parity", "BC-1.3-02")]
    public void Merge_of_a_one_way_field_lets_the_source_win(bool correctsDrift, string local, string integration, bool writesLocal, bool writesIntegration)
    {
        var pair = new Pair(builder => builder.Field("name", "name", field => field.ToIntegration()).Field("city", "city"))
        {
            Local = [local, "c"],
            Integration = [integration, "c"],
        };

        var plan = pair.Merge(Default with { CorrectsDrift = correctsDrift });

        plan.Conflicts.Should().BeEmpty();
        (plan.LocalWrites.Count > 0, plan.IntegrationWrites.Count > 0).Should().Be((writesLocal, writesIntegration));
        plan.IntegrationWrites.Should().Equal(writesIntegration ? [Write("name", local)] : NoWrites);
    }

    [Fact]
    public void Merge_within_a_one_way_mapping_never_writes_the_source()
    {
        var pair = new Pair(builder => builder.Direction(SyncDirection.FromIntegrationTable).Field("name", "name").Field("city", "city"))
        {
            Local = ["ours", "c"],
            Integration = ["n", "theirs"],
        };

        var plan = pair.Merge();

        plan.IntegrationWrites.Should().BeEmpty();
        plan.LocalWrites.Should().Equal(Write("city", "theirs"));
    }

    [Theory]
    [InlineData(FirstSynchronization.Conflict, 0, 0, 1)]
    [InlineData(FirstSynchronization.LocalWins, 0, 1, 0)]
    [InlineData(FirstSynchronization.IntegrationWins, 1, 0, 0)]
    public void Merge_of_a_pair_never_synchronized_treats_differing_fields_as_changed_on_both_sides(FirstSynchronization first, int local, int integration, int conflicts)
    {
        var pair = new Pair { Local = ["ours", "c"], Integration = ["theirs", "c"], IsNew = true };

        var plan = pair.Merge(Default with { First = first });

        (plan.LocalWrites.Count, plan.IntegrationWrites.Count, plan.Conflicts.Count).Should().Be((local, integration, conflicts));
        plan.NextBase.Should().NotBeNull();
    }

    [Fact]
    public void Merge_of_a_field_mapping_added_since_is_a_first_synchronization_of_that_field_alone()
    {
        var before = Compile(LocalTable, IntegrationTable, builder => builder.Field("name", "name"));
        var pair = new Pair { Local = ["ours", "here"], Integration = ["theirs", "there"] };
        var stored = BaseOf(before, Record(LocalTable, Texts("n", "c")), Record(IntegrationTable, Texts("n", "c")));

        var plan = pair.Planner.Merge(pair.State with { Base = stored }, Default with { First = FirstSynchronization.LocalWins });

        plan.IntegrationWrites.Should().Equal(Write("city", "here"));
        plan.Conflicts.Should().ContainSingle().Which.FieldMapping.Value.Should().Be("name>name");
    }

    [Fact]
    [Trait("parity", "BC-1.3-07")]
    [Trait("parity", "BC-2.3-03")]
    public void Merge_leaves_the_target_alone_where_a_blank_is_skipped()
    {
        var pair = new Pair(builder => builder.Field("name", "name", field => field.SkipBlank()).Field("city", "city")) { Local = [null, null] };

        var plan = pair.Merge();

        plan.IntegrationWrites.Should().Equal(new FieldWrite("city", FieldValue.Blank));
    }

    [Fact]
    public void Merge_never_writes_a_field_for_inserts_only()
    {
        var pair = new Pair(builder => builder.Field("name", "name", field => field.OnInsertOnly()).Field("city", "city")) { Local = ["new", "c"] };

        pair.Merge().IntegrationWrites.Should().BeEmpty();
    }

    [Fact]
    [Trait("parity", "BC-1.3-03")]
    public void Merge_sets_a_constant_right_and_only_when_it_differs()
    {
        var pair = new Pair(builder => builder.Field("name", "name").IntegrationConstant("city", FieldValue.Text("fixed")));

        pair.Merge().IntegrationWrites.Should().Equal(Write("city", "fixed"));
        new Pair(builder => builder.Field("name", "name").IntegrationConstant("city", FieldValue.Text("c"))).Merge().IntegrationWrites.Should().BeEmpty();
    }

    [Fact]
    [Trait("parity", "BC-2.3-10")]
    public void Merge_of_a_value_without_counterpart_fails_naming_the_field_mapping_and_not_the_value()
    {
        var local = Schema("l", Choice("state", (FieldValue.Text("Open"), "Open"), (FieldValue.Text("Secret"), "Secret")));
        var integration = Schema("i", Choice("statecode", (FieldValue.Integer(0), "Open")));
        var mapping = Compile(local, integration, builder => builder.Field("state", "statecode"));
        var state = new PairState(null, Record(local, Texts("Secret")), Record(integration, [FieldValue.Integer(0)]));

        var plan = Planner(mapping).Merge(state, Default with { First = FirstSynchronization.LocalWins });

        plan.Outcome.Should().Be(PlanOutcome.Failed);
        plan.Error!.Code.Should().Be(SyncErrorCodes.ValueNotConvertible);
        plan.Error.Message.Should().Contain("state>statecode").And.NotContain("Secret");
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    [Trait("parity", "BC-1.3-01")]
    [Trait("parity", "BC-2.1-03")]
    public void Insert_carries_every_value_that_may_travel_and_the_constants(SyncSide source)
    {
        var mapping = Compile(LocalTable, IntegrationTable, builder => builder
            .Field("name", "name").Field("city", "city", field => field.FromIntegration()).IntegrationConstant("city", FieldValue.Text("fixed")));
        var record = Record(source == SyncSide.Local ? LocalTable : IntegrationTable, Texts("n", "c"));

        var plan = Planner(mapping).Insert(source, record);

        plan.Outcome.Should().Be(PlanOutcome.Inserted);
        plan.WritesTo(source.Opposite()).Should().BeEquivalentTo(source == SyncSide.Local ? [Write("name", "n"), Write("city", "fixed")] : new[] { Write("name", "n"), Write("city", "c") });
        plan.WritesTo(source).Should().BeEmpty();
    }

    [Fact]
    [Trait("parity", "BC-2.1-03")]
    public void Insert_leaves_blanks_out()
    {
        var mapping = Compile(LocalTable, IntegrationTable, builder => builder.Field("name", "name").Field("city", "city"));

        Planner(mapping).Insert(SyncSide.Local, Record(LocalTable, Texts(null, "c"))).IntegrationWrites.Should().Equal(Write("city", "c"));
    }

    [Theory]
    [InlineData("n", false)]
    [InlineData("edited", true)]
    public void Unsent_edits_are_those_that_would_travel(string name, bool isChanged)
    {
        var pair = new Pair();

        UnsentEdits.AreIn(pair.Mapping, SyncSide.Local, Record(LocalTable, Texts(name, "c")), pair.Base).Should().Be(isChanged);
    }

    private static FieldWrite[] NoWrites => [];

    private static FieldWrite Write(string field, string value) => new(field, FieldValue.Text(value));

    private static IEnumerable<FieldValue> Texts(params string?[] values) => values.Select(FieldValue.Text);

    private sealed class Pair(Action<IntegrationTableMappingBuilder>? build = null)
    {
        private readonly CompiledMapping mapping = Compile(LocalTable, IntegrationTable, build ?? (builder => builder.Field("name", "name").Field("city", "city")));

        public string?[] Local { get; init; } = ["n", "c"];

        public string?[] Integration { get; init; } = ["n", "c"];

        public bool IsNew { get; init; }

        public DateTimeOffset LocalStamp { get; init; } = Monday;

        public SynchronizedBase Base => field ??= BaseAs(["n", "c"], ["n", "c"]);

        public CompiledMapping Mapping => mapping;

        public PairPlanner Planner => Plans.Planner(mapping);

        public PairState State => new(IsNew ? null : Base, Record(LocalTable, Texts(Local), modifiedOn: LocalStamp), Record(IntegrationTable, Texts(Integration)));

        public SynchronizedBase BaseAs(string[] local, string[] integration) => BaseOf(mapping, Record(LocalTable, Texts(local)), Record(IntegrationTable, Texts(integration)));

        public PairPlan Merge(PlanPolicy? policy = null) => Planner.Merge(State, policy ?? Default);
    }
}
