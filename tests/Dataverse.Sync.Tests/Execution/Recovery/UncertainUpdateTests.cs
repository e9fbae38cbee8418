using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Updates whose answers were lost: the record tells whether they succeeded.</summary>
public sealed class UncertainUpdateTests
{
    [Fact]
    public async Task An_uncertain_update_is_resolved_by_what_the_record_holds()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "New"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        crm.Customers.Update(customer, ("displayName", "Newer"));
        crm.Later();

        await crm.ConvergeAsync();

        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Newer", "Newer"));
        (await crm.ConflictsAsync(includeResolved: true)).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I2_An_edit_over_an_uncertain_update_is_never_overwritten()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "New"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        crm.Accounts.Update(account, ("name", "Newer"));
        crm.Later();

        await crm.ConvergeAsync();

        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("New", "Newer"));
        (await crm.ConflictsAsync()).Should().ContainSingle();
    }
}
