using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Conformance;

public abstract partial class CouplingStoreConformance
{
    private ValueTask<MappingLease?> TryAcquireAsync(string owner, MappingKey? key = null) =>
        Store.TryAcquireLeaseAsync(key ?? Customers, owner, LeaseTime, CancellationToken.None);

    private ValueTask<MappingLease?> TryRenewAsync(MappingLease lease) => Store.TryRenewLeaseAsync(lease, LeaseTime, CancellationToken.None);

    [Fact]
    public async Task Lease_tells_what_was_acquired()
    {
        var lease = await TryAcquireAsync("first");

        lease.Should().Be(new MappingLease(Customers, "first", lease!.Token, Start + LeaseTime));
    }

    [Fact]
    public async Task Lease_keeps_others_out_until_the_moment_when_it_expires()
    {
        var lease = await LeaseAsync(owner: "first");
        (await TryAcquireAsync("second")).Should().BeNull();
        Time.Advance(LeaseTime - TimeSpan.FromTicks(1));
        (await TryAcquireAsync("second")).Should().BeNull();

        Time.Advance(TimeSpan.FromTicks(1));

        var taken = await TryAcquireAsync("second");
        taken!.Token.Should().BeGreaterThan(lease.Token);
        (await TryAcquireAsync("first")).Should().BeNull();
    }

    [Fact]
    public async Task Lease_of_one_mapping_leaves_the_others_free()
    {
        await LeaseAsync(owner: "first");

        (await TryAcquireAsync("second", Customers with { Scope = "adatum" })).Should().NotBeNull();
        (await TryAcquireAsync("second", Customers with { Mapping = "VENDOR" })).Should().NotBeNull();
    }

    [Fact]
    public async Task Owner_that_asks_again_gets_a_new_token_and_the_one_before_is_fenced()
    {
        var before = await WithOneOfEverythingAsync();

        var lease = await LeaseAsync();

        lease.Token.Should().BeGreaterThan(before.Token);
        await ShouldBeRefusedAsync(before);
        (await TryRenewAsync(before)).Should().BeNull();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(3)] });
    }

    [Fact]
    public async Task Tokens_grow_also_after_a_lease_was_given_back()
    {
        var lease = await LeaseAsync(owner: "first");
        await Store.ReleaseLeaseAsync(lease, CancellationToken.None);

        var next = await LeaseAsync(owner: "second");

        next.Token.Should().BeGreaterThan(lease.Token);
    }

    [Fact]
    public async Task Renewed_lease_holds_from_the_moment_of_renewal()
    {
        var lease = await LeaseAsync(owner: "first");
        Time.Advance(TimeSpan.FromMinutes(4));

        var renewed = await TryRenewAsync(lease);

        renewed.Should().Be(lease with { ExpiresOn = Start.AddMinutes(9) });
        Time.Advance(TimeSpan.FromMinutes(4));
        (await TryAcquireAsync("second")).Should().BeNull();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });
    }

    [Fact]
    public async Task Expired_lease_that_nobody_took_can_be_renewed_and_commits()
    {
        var lease = await LeaseAsync(owner: "first");
        Time.Advance(LeaseTime * 2);

        await CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });

        (await ListAsync()).Should().Equal(Pair(1));
        (await TryRenewAsync(lease)).Should().NotBeNull();
        (await TryAcquireAsync("second")).Should().BeNull();
    }

    [Fact]
    public async Task Lease_that_was_taken_over_neither_renews_nor_commits()
    {
        var lost = await WithOneOfEverythingAsync();
        Time.Advance(LeaseTime);
        var lease = await LeaseAsync(owner: "second");

        (await TryRenewAsync(lost)).Should().BeNull();
        await ShouldBeRefusedAsync(lost);
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(3)] });
    }

    [Fact]
    public async Task Lease_with_the_token_of_another_owner_is_refused()
    {
        var lease = await WithOneOfEverythingAsync();

        await ShouldBeRefusedAsync(lease with { Owner = "impostor" });
        (await TryRenewAsync(lease with { Owner = "impostor" })).Should().BeNull();
    }

    [Fact]
    public async Task Lease_that_was_never_acquired_is_refused()
    {
        var commit = () => CommitAsync(new() { Lease = new(Customers, "engine", 1, Start + LeaseTime), Couplings = [Pair(1)] });

        await commit.Should().ThrowAsync<LeaseLostException>();
        (await ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Lease_given_back_lets_others_in_and_commits_no_more()
    {
        var lease = await WithOneOfEverythingAsync();

        await Store.ReleaseLeaseAsync(lease, CancellationToken.None);

        await ShouldBeRefusedAsync(lease);
        (await TryRenewAsync(lease)).Should().BeNull();
        (await TryAcquireAsync("second")).Should().NotBeNull();
    }

    [Fact]
    public async Task Giving_a_lost_lease_back_leaves_the_new_one_alone()
    {
        var lost = await LeaseAsync(owner: "first");
        Time.Advance(LeaseTime);
        await LeaseAsync(owner: "second");

        await Store.ReleaseLeaseAsync(lost, CancellationToken.None);

        (await TryAcquireAsync("third")).Should().BeNull();
    }

    [Fact]
    public async Task Lease_needs_an_owner_and_a_duration()
    {
        var withoutOwner = async () => await TryAcquireAsync(string.Empty);
        var withoutDuration = async () => await Store.TryAcquireLeaseAsync(Customers, "first", TimeSpan.Zero, CancellationToken.None);

        await withoutOwner.Should().ThrowAsync<ArgumentException>();
        await withoutDuration.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    private async Task ShouldBeRefusedAsync(MappingLease lease)
    {
        var commit = () => CommitAsync(Everything(lease));

        (await commit.Should().ThrowAsync<LeaseLostException>()).Which.Key.Should().Be(Customers);
        await ShouldStillHaveOneOfEverythingAsync();
    }
}
