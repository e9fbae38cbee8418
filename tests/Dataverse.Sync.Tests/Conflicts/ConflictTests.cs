using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

public sealed class ConflictTests
{
    [Theory]
    [InlineData(UpdateConflictPolicy.SendUpdateToIntegration, true, "Ours", ConflictResolution.LocalWon)]
    [InlineData(UpdateConflictPolicy.GetUpdateFromIntegration, true, "Theirs", ConflictResolution.IntegrationWon)]
    [InlineData(UpdateConflictPolicy.NewestWins, true, "Theirs", ConflictResolution.IntegrationWon)]
    [InlineData(UpdateConflictPolicy.NewestWins, false, "Ours", ConflictResolution.LocalWon)]
    [Trait("parity", "BC-1.1-13")]
    public async Task I10_Policy_decides_and_the_losers_value_is_kept(
        UpdateConflictPolicy policy,
        bool isTheirsLater,
        string winner,
        ConflictResolution resolution)
    {
        using var crm = new EngineFixture(mapping => mapping.OnUpdateConflict(policy));
        var (customer, account) = await crm.NewPairAsync();
        var edits = new List<Action>
        {
            () => crm.Customers.Update(customer, ("displayName", "Ours")),
            () => crm.Accounts.Update(account, ("name", "Theirs")),
        };
        (isTheirsLater ? edits : Enumerable.Reverse(edits)).ToList().ForEach(edit =>
        {
            edit();
            crm.Time.Advance(TimeSpan.FromSeconds(5));
        });

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        (crm.DisplayName(customer), crm.Name(account)).Should().Be((winner, winner));
        (await crm.ConflictsAsync()).Should().BeEmpty();
        var resolved = (await crm.ConflictsAsync(includeResolved: true)).Should().ContainSingle().Subject;
        resolved.Should().BeEquivalentTo(new { Resolution = resolution, ResolvedOn = crm.Time.GetUtcNow() });
        resolved.Fields
            .Should()
            .Equal(
                new FieldConflict("displayName>name", FieldValue.Text("Ours"), FieldValue.Text("Theirs"), resolution));
    }

    [Fact]
    public async Task Options_of_a_run_override_the_mappings_policy()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await ConflictingAsync(crm);

        _ = await crm.ModifiedAsync(new() { UpdateConflictPolicy = UpdateConflictPolicy.GetUpdateFromIntegration });

        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Theirs", "Theirs"));
    }

    [Fact]
    public async Task I10_Conflict_stays_one_through_later_runs_of_every_kind()
    {
        using var crm = new EngineFixture();
        _ = await ConflictingAsync(crm);
        _ = await crm.ModifiedAsync();
        var first = (await crm.ConflictsAsync()).Should().ContainSingle().Subject;
        crm.Later();

        var quiet = await crm.ModifiedAsync();
        var full = await crm.FullAsync();

        quiet.Counters.Should().Be(SyncCounters.None);
        full.Counters.Should().Be(new SyncCounters { Conflicted = 1 });
        (await crm.ConflictsAsync()).Should().ContainSingle().Which.Should().BeEquivalentTo(first);
        crm.Writes.Should().Be(0);
    }

    [Fact]
    public async Task Other_fields_of_a_conflicting_pair_keep_travelling()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await ConflictingAsync(crm);
        _ = await crm.ModifiedAsync();
        crm.Later();
        crm.Customers.Update(customer, ("creditLimit", 42m));

        _ = await crm.ModifiedAsync();

        crm.Accounts.Find(account)!["creditlimit"].AsDecimal().Should().Be(42);
        (await crm.ConflictsAsync()).Should().ContainSingle();
        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Ours", "Theirs"));
    }

    [Fact]
    public async Task Conflict_lapses_when_the_two_sides_agree_again()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await ConflictingAsync(crm);
        _ = await crm.ModifiedAsync();
        crm.Accounts.Update(account, ("name", crm.DisplayName(customer)));
        crm.Later();

        _ = await crm.ModifiedAsync();

        (await crm.ConflictsAsync()).Should().BeEmpty();
        (await crm.ConflictsAsync(includeResolved: true))
            .Should().ContainSingle().Which.Resolution.Should().Be(ConflictResolution.Lapsed);
        crm.Writes.Should().Be(0);
    }

    [Fact]
    public async Task Conflict_is_resolved_field_by_field()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"), ("creditLimit", 1m), ("postalCode", "1111"));
        crm.Accounts.Update(account, ("name", "Theirs"), ("creditlimit", 2m), ("postalcode", "2222"));
        _ = await crm.ModifiedAsync();
        var conflict = (await crm.ConflictsAsync()).Should().ContainSingle().Subject;

        var job = await crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, new Dictionary<FieldMappingKey, SyncSide>
        {
            ["displayName>name"] = SyncSide.Local,
            ["creditLimit>creditlimit"] = SyncSide.Integration,
        });

        job.Counters.Should().Be(new SyncCounters { Conflicted = 1 });
        (crm.Name(account), crm.Customers.Find(customer)!["creditLimit"].AsDecimal()).Should().Be(("Ours", 2m));
        (await crm.ConflictsAsync())
            .Should().ContainSingle().Which.Fields.Should().ContainSingle()
            .Which.FieldMapping.Value.Should().Be("postalCode>postalcode");
        (await crm.ConflictsAsync(includeResolved: true))
            .Should().ContainSingle(item => item.Resolution == ConflictResolution.Mixed);
    }

    [Fact]
    public async Task Resolution_of_values_that_nobody_saw_is_not_applied()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await ConflictingAsync(crm);
        _ = await crm.ModifiedAsync();
        var conflict = (await crm.ConflictsAsync()).Should().ContainSingle().Subject;
        crm.Accounts.Update(account, ("name", "Newer"));

        var job = await crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, SyncSide.Local);

        job.Counters.Should().Be(new SyncCounters { Conflicted = 1 });
        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Ours", "Newer"));
        (await crm.ConflictsAsync())
            .Should().ContainSingle().Which.Fields[0].Integration.Should().Be(FieldValue.Text("Newer"));
    }

    [Fact]
    public async Task Resolving_a_conflict_that_is_not_open_is_refused()
    {
        using var crm = new EngineFixture();
        var unknown = Guid.NewGuid();

        var resolve = () => crm.Engine.Issues.ResolveAsync("CUSTOMER", unknown, SyncSide.Local);

        (await resolve.Should().ThrowAsync<SyncConfigurationException>()).WithMessage($"*{unknown}*");
    }

    [Theory]
    [InlineData(null, "Ours", ConflictResolution.LocalWon)]
    [InlineData(FirstSynchronization.IntegrationWins, "Theirs", ConflictResolution.IntegrationWon)]
    [InlineData(FirstSynchronization.Conflict, null, ConflictResolution.Open)]
    public async Task First_synchronization_of_a_matched_pair_in_a_full_run_follows_the_options(
        FirstSynchronization? first,
        string? winner,
        ConflictResolution resolution)
    {
        using var crm = new EngineFixture();
        var customer = crm.Customers.Insert(("number", "10000"), ("displayName", "Ours")).Id;
        var account = crm.Accounts.Insert(("accountnumber", "10000"), ("name", "Theirs")).Id;

        var job = await crm.FullAsync(new() { FirstSynchronization = first });

        job.Counters.Coupled.Should().Be(1);
        (crm.DisplayName(customer), crm.Name(account)).Should().Be((winner ?? "Ours", winner ?? "Theirs"));
        job.Counters.Conflicted.Should().Be(resolution == ConflictResolution.Open ? 1 : 0);
        (await crm.ConflictsAsync(includeResolved: true)).Should().ContainSingle().Which.Fields
            .Should().Equal(new FieldConflict("displayName>name", FieldValue.Text("Ours"), FieldValue.Text("Theirs"), resolution));
    }

    private static async Task<(Guid Customer, Guid Account)> ConflictingAsync(EngineFixture crm)
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("name", "Theirs"));
        return (customer, account);
    }
}
