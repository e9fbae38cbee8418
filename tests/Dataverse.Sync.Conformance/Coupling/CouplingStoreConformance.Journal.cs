using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Conformance;

public abstract partial class CouplingStoreConformance
{
    [Fact]
    public async Task Intents_come_back_as_they_were_in_the_order_in_which_they_were_added()
    {
        var lease = await LeaseAsync();
        var deletion = new Intent
        {
            Id = Intent(3).Id,
            Target = SyncSide.Local,
            Kind = WriteKind.Delete,
            TargetId = LocalId(3),
            SourceId = Guid.Empty,
            JournaledOn = Start.AddDays(-1),
        };
        var timed = Intent(5) with { SendBefore = Start.AddTicks(7) };
        await CommitAsync(new() { Lease = lease, Intents = [timed, deletion] });
        await CommitAsync(new() { Lease = lease, Intents = [Intent(4) with { Kind = WriteKind.Update, BusinessKey = null }] });

        (await ListIntentsAsync()).Should().Equal(timed, deletion, Intent(4) with { Kind = WriteKind.Update, BusinessKey = null });
    }

    [Fact]
    public async Task Settled_intents_are_removed_and_unknown_ones_ignored()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Intents = [Intent(1), Intent(2), Intent(3)] });

        await CommitAsync(new() { Lease = lease, RemovedIntents = [Intent(2).Id, Intent(9).Id, Intent(3).Id], Intents = [Intent(4)] });

        (await ListIntentsAsync()).Should().Equal(Intent(1), Intent(4));
    }

    [Fact]
    public async Task Intent_added_again_is_replaced_in_its_place()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Intents = [Intent(1), Intent(2)] });

        await CommitAsync(new() { Lease = lease, Intents = [Intent(1) with { BusinessKey = "other" }] });

        (await ListIntentsAsync()).Should().Equal(Intent(1) with { BusinessKey = "other" }, Intent(2));
    }

    [Fact]
    public async Task Intent_settled_and_added_in_one_commit_is_added()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new() { Lease = lease, Intents = [Intent(1), Intent(2)] });

        await CommitAsync(new() { Lease = lease, RemovedIntents = [Intent(1).Id], Intents = [Intent(1)] });

        (await ListIntentsAsync()).Should().Equal(Intent(2), Intent(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(400)]
    public async Task Base_of_any_width_comes_back_from_couplings_and_journal(int fields)
    {
        var shape = new BaseShape(Enumerable.Range(0, fields).Select(number => new FieldMappingKey($"field{number}")));
        var wide = Base(shape, 3);
        var intent = Intent(1) with { Outcome = wide, BusinessKey = "C\0 😀" + new string('x', 4_000) };

        await CommitAsync(new() { Lease = await LeaseAsync(), Couplings = [Pair(1) with { Base = wide }], Intents = [intent, Intent(2)] });

        (await ListIntentsAsync()).Should().Equal(intent, Intent(2));
        (await ListAsync()).Should().ContainSingle().Which.Base.Should().Be(wide);
    }

    [Fact]
    public async Task Journal_of_a_large_page_keeps_its_order()
    {
        var page = Enumerable.Range(1, 2_500).Select(number => Intent(number * 37 % 2_503)).ToList();

        await CommitAsync(new() { Lease = await LeaseAsync(), Intents = page });

        (await ListIntentsAsync()).Should().Equal(page);
    }

    [Fact]
    public async Task State_of_a_mapping_that_never_ran_is_initial()
    {
        (await ReadStateAsync()).Should().Be(MappingState.Initial);
        await LeaseAsync();
        (await ReadStateAsync()).Should().Be(MappingState.Initial);
    }

    [Fact]
    public async Task State_comes_back_as_it_was_and_stays_until_a_commit_names_another()
    {
        var lease = await LeaseAsync();
        var state = new MappingState
        {
            Local = new(new string('x', Checkpoint.MaximumLength)),
            Integration = new("https://contoso.example/?$deltatoken=1%2F2&ü 'quoted' \0 end"),
            LocalKeysScannedOn = Start.AddTicks(1),
            IntegrationKeysScannedOn = Start.AddTicks(-1),
        };

        await CommitAsync(new() { Lease = lease, State = state });
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });
        (await ReadStateAsync()).Should().Be(state);

        await CommitAsync(new() { Lease = lease, State = new() { Integration = new("next") } });
        (await ReadStateAsync()).Should().Be(new MappingState { Integration = new("next") });
    }
}
