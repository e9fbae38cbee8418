using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Connectors that others write may be lax. Nothing is done twice because of that, and no run is stopped.</summary>
public sealed class CarelessConnectorTests
{
    [Fact]
    public async Task Records_that_come_twice_in_every_read_are_processed_once()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = engine => engine with
            {
                Local = new CarelessConnector(engine.Local) { Repeats = true },
                Integration = new CarelessConnector(engine.Integration) { Repeats = true },
            },
        });
        var customer = crm.Insert(SyncSide.Local, "Adatum");
        _ = crm.Insert(SyncSide.Integration, "Contoso");
        _ = await crm.Engine.SynchronizeFullAsync();
        crm.Later();
        crm.Customers.Update(customer, ("displayName", "Adatum 2"));

        _ = await crm.Engine.SynchronizeModifiedAsync();
        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer);
        _ = await crm.Engine.Couplings.MatchAsync("CUSTOMER");

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2));
        crm.Name((await crm.CouplingOfAsync(customer))!.IntegrationId).Should().Be("Adatum 2");
    }

    [Theory]
    [InlineData(SyncSide.Local, false)]
    [InlineData(SyncSide.Local, true)]
    [InlineData(SyncSide.Integration, false)]
    [InlineData(SyncSide.Integration, true)]
    public async Task A_creation_whose_result_names_no_record_is_settled_and_not_repeated(SyncSide target, bool isNull)
    {
        WriteResult? Answer(WriteOperation operation, WriteResult result) =>
            isNull ? null : result with { Id = Guid.Empty, Record = null };
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = engine => target == SyncSide.Local
                ? engine with { Local = new CarelessConnector(engine.Local) { Answer = Answer } }
                : engine with { Integration = new CarelessConnector(engine.Integration) { Answer = Answer } },
        });
        _ = crm.Insert(target.Opposite(), "Adatum");
        _ = crm.Insert(target.Opposite(), "Contoso");

        _ = await crm.FullAsync();
        for (var run = 0; run < 3; run++)
        {
            crm.Later();
            _ = await crm.Engine.SynchronizeModifiedAsync();
        }

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2));
        (await crm.CouplingsAsync()).Should().HaveCount(2)
            .And.NotContain(coupling => coupling.LocalId == Guid.Empty || coupling.IntegrationId == Guid.Empty);
    }

    [Fact]
    public async Task Creations_whose_results_name_one_record_are_settled_and_not_repeated()
    {
        var first = Guid.Empty;
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = engine => engine with
            {
                Local = new CarelessConnector(engine.Local)
                {
                    Answer = (_, result) => result with { Id = first == Guid.Empty ? first = result.Id : first, Record = null },
                },
            },
        });
        _ = crm.Insert(SyncSide.Integration, "Adatum");
        _ = crm.Insert(SyncSide.Integration, "Contoso");

        var job = await crm.FullAsync();
        for (var run = 0; run < 3; run++)
        {
            crm.Later();
            _ = await crm.Engine.SynchronizeModifiedAsync();
        }

        job.Counters.Failed.Should().Be(2);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2));
        (await crm.CouplingsAsync()).Should().HaveCount(2);
    }
}
