using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.DependencyInjection;

public sealed class AddDataverseSyncTests
{
    [Fact]
    public async Task Engine_of_the_container_uses_what_was_registered()
    {
        var time = new FakeTimeProvider(EngineFixture.Start);
        var store = new InMemoryCouplingStore(time);
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        _ = services.AddDataverseSync(sync => sync
            .UseLocal(_ => CrmTables.NewLocal(time))
            .UseIntegration(_ => CrmTables.NewIntegration(time))
            .UseStore(_ => store)
            .AddMapping(CrmTables.Salesperson())
            .AddMapping("CUSTOMER", mapping => mapping.Between("customers", "account").Field("displayName", "name"))
            .AddRule<CountingRule>()
            .Configure(options => options with { Scope = new("ours") }));
        await using var provider = services.BuildServiceProvider();
        var engine = provider.GetRequiredService<SyncEngine>();

        var jobs = await engine.SynchronizeFullAsync();

        engine.Should().BeSameAs(provider.GetRequiredService<SyncEngine>());
        engine.Scope.Name.Should().Be("ours");
        jobs.Should().HaveCount(2).And.OnlyContain(job => job.StartedOn == EngineFixture.Start);
        provider.GetRequiredService<CountingRule>().Asked.Should().BeGreaterThan(0);
        (await store.ReadStateAsync(new("ours", "CUSTOMER"), default)).Should().NotBe(MappingState.Initial);
    }

    [Fact]
    public async Task Calling_twice_refines_one_engine()
    {
        var services = new ServiceCollection();
        var first = services.AddDataverseSync(sync => sync.UseLocal(_ => CrmTables.NewLocal(TimeProvider.System)).AddMapping(CrmTables.Salesperson()));
        var second = services.AddDataverseSync(sync => sync
            .UseIntegration(_ => CrmTables.NewIntegration(TimeProvider.System))
            .ConfigureMapping("salesperson", mapping => mapping.OnlyCoupledRecords(true)));
        await using var provider = services.BuildServiceProvider();

        var mapping = provider.GetRequiredService<SyncEngine>().Mappings.All.Should().ContainSingle().Subject;

        second.Should().BeSameAs(first);
        mapping.SynchronizesOnlyCoupledRecords.Should().BeTrue();
    }

    [Fact]
    public void Engine_without_systems_names_both_at_once()
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync();
        using var provider = services.BuildServiceProvider();

        var resolve = () => provider.GetRequiredService<SyncEngine>();

        resolve.Should().Throw<SyncConfigurationException>().Which.Problems.Should().HaveCount(2);
    }

    [Fact]
    public void ConfigureMapping_of_an_unknown_mapping_names_it()
    {
        var builder = new ServiceCollection().AddDataverseSync();

        var configure = () => builder.ConfigureMapping("NOTHING", _ => { });

        configure.Should().Throw<SyncConfigurationException>().WithMessage("*'NOTHING'*");
    }

    private sealed class CountingRule : ISyncRule
    {
        public int Asked { get; private set; }

        public bool AppliesTo(IIntegrationTableMapping mapping)
        {
            Asked++;
            return true;
        }
    }
}
