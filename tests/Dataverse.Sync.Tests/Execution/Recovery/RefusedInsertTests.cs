using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Inserts that a system refuses because the record exists: ours or somebody else's.</summary>
public sealed class RefusedInsertTests
{
    private static readonly WriteResult Refusal = new()
    {
        Status = WriteStatus.AlreadyExists,
        Error = new("Duplicate", "A record with this key exists."),
    };

    [Fact]
    public async Task An_insert_that_was_repeated_below_the_connector_is_adopted_by_its_id()
    {
        using var crm = new EngineFixture();
        var (engine, _) = EngineWithGateway(crm);
        var customer = crm.Customers.Insert(("displayName", "Adatum"));

        var job = await engine.SynchronizeFullAsync("CUSTOMER");

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        (await crm.CouplingOfAsync(customer.Id))!.IntegrationId
            .Should().Be(crm.Accounts.Records.Should().ContainSingle().Subject.Id);
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
        engine.Dispose();
    }

    [Fact]
    public async Task An_insert_that_was_repeated_below_the_connector_is_adopted_by_a_later_run_if_a_read_lacks_it()
    {
        using var crm = new EngineFixture();
        var (engine, gateway) = EngineWithGateway(crm);
        var customer = crm.Customers.Insert(("displayName", "Adatum"));
        gateway.Returns = _ => false;

        _ = await engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer.Id);
        (gateway.Returns, gateway.OnWrite) = (null, null);
        crm.Later();
        _ = await engine.SynchronizeModifiedAsync();
        await crm.ConvergeAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingsAsync()).Should().ContainSingle();
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
        engine.Dispose();
    }

    [Fact]
    public async Task An_own_record_that_cannot_be_read_is_not_created_again_however_late()
    {
        using var crm = new EngineFixture();
        var (engine, gateway) = EngineWithGateway(crm);
        gateway.Returns = _ => false;
        var customer = crm.Customers.Insert(("displayName", "Adatum"));
        _ = await engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer.Id);
        (gateway.Returns, gateway.OnWrite) = (null, null);
        var own = crm.Accounts.Records.Should().ContainSingle().Subject.Id;
        crm.Accounts.Hide(own);

        for (var run = 0; run < 3; run++)
        {
            crm.Time.Advance(TimeSpan.FromDays(1));
            _ = await engine.SynchronizeModifiedAsync(new() { RetriesAllFailures = true });
        }

        crm.Accounts.Show(own);
        crm.Time.Advance(TimeSpan.FromDays(1));
        _ = await engine.SynchronizeModifiedAsync(new() { RetriesAllFailures = true });
        crm.Accounts.Records.Should().ContainSingle().Which.Id.Should().Be(own);
        (await crm.CouplingOfAsync(customer.Id))!.IntegrationId.Should().Be(own);
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
        engine.Dispose();
    }

    [Fact]
    public async Task A_record_with_the_same_business_key_is_not_taken_for_our_own_and_nothing_is_deleted()
    {
        using var crm = new EngineFixture(mapping =>
            mapping.OnDeletion(DeletionPolicy.DeleteRecord).MaximumDeletionShare(1));
        var (engine, gateway) = EngineWithGateway(crm);
        gateway.OnWrite = (batch, _) => Task.FromResult<IReadOnlyList<WriteResult>>([.. batch.Operations.Select(_ => Refusal)]);
        var customer = crm.Customers.Insert(("displayName", "Adatum"));

        var codes = new List<string>();
        for (var run = 0; run < 3; run++)
        {
            _ = await engine.SynchronizeModifiedAsync();
            codes.AddRange((await crm.FailuresAsync()).Select(failure => failure.Error.Code));
            crm.Later();
        }

        codes.Should().Equal(SyncErrorCodes.AlreadyExists, SyncErrorCodes.AlreadyExists, SyncErrorCodes.AlreadyExists);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 0));
        (await crm.CouplingsAsync()).Should().BeEmpty();
        gateway.OnWrite = null;
        crm.Time.Advance(TimeSpan.FromDays(1));
        _ = await engine.SynchronizeModifiedAsync();
        (await crm.CouplingOfAsync(customer.Id)).Should().NotBeNull();
        (await crm.IntentsAsync()).Should().BeEmpty();
        engine.Dispose();
    }

    private static (SyncEngine Engine, HookedConnector Gateway) EngineWithGateway(EngineFixture crm)
    {
        var gateway = new HookedConnector(crm.Integration)
        {
            OnWrite = async (batch, send) =>
            {
                _ = await send(batch);
                return await send(batch);
            },
        };
        var engine = crm.EngineOver(gateway);
        return (engine, gateway);
    }
}
