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
        var first = services.AddDataverseSync(sync =>
            sync.UseLocal(_ => CrmTables.NewLocal(TimeProvider.System)).AddMapping(CrmTables.Salesperson()));
        var second = services.AddDataverseSync(sync => sync
            .UseIntegration(_ => CrmTables.NewIntegration(TimeProvider.System))
            .UseInMemoryStore()
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
    public void Engine_of_the_container_without_a_store_is_refused()
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(sync => sync
            .UseLocal(_ => CrmTables.NewLocal(TimeProvider.System))
            .UseIntegration(_ => CrmTables.NewIntegration(TimeProvider.System)));
        using var provider = services.BuildServiceProvider();

        var resolve = () => provider.GetRequiredService<SyncEngine>();

        resolve.Should().Throw<SyncConfigurationException>().WithMessage("SyncEngineOptions.Store*");
    }

    [Fact]
    public void ConfigureMapping_of_an_unknown_mapping_names_it()
    {
        var builder = new ServiceCollection().AddDataverseSync();

        var configure = () => builder.ConfigureMapping("NOTHING", _ => { });

        configure.Should().Throw<SyncConfigurationException>().WithMessage("*'NOTHING'*");
    }

    [Fact]
    public void Engine_of_factories_that_return_null_names_each_of_them()
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(sync =>
            sync.UseLocal(_ => null!).UseIntegration(_ => null!).UseStore(_ => null!).UseJobLog(_ => null!));
        using var provider = services.BuildServiceProvider();

        var resolve = () => provider.GetRequiredService<SyncEngine>();

        resolve.Should().Throw<SyncConfigurationException>().Which.Problems.Should().Equal(
            "The function given to UseLocal returned null.",
            "The function given to UseIntegration returned null.",
            "The function given to UseStore returned null.",
            "The function given to UseJobLog returned null.");
    }

    [Fact]
    public void Engine_refuses_a_Configure_that_returns_null()
    {
        var resolve = () => Resolve(sync =>
            sync.Configure(_ => null!).Configure(options => options with { Scope = new("never reached") }));

        resolve.Should().Throw<SyncConfigurationException>()
            .WithMessage("The function given to Configure returned null.");
    }

    [Fact]
    public void Engine_of_the_container_refuses_invalid_options()
    {
        var resolve = () => Resolve(sync =>
            sync.Configure(options => options with { UncertainWriteWindow = TimeSpan.FromTicks(-1) }));

        resolve.Should().Throw<SyncConfigurationException>().WithMessage("SyncEngineOptions.UncertainWriteWindow*");
    }

    [Fact]
    public void Builder_refuses_null_arguments()
    {
        var builder = new ServiceCollection().AddDataverseSync();
        Action[] calls =
        [
            () => builder.UseLocal(null!),
            () => builder.UseIntegration(null!),
            () => builder.UseStore(null!),
            () => builder.UseJobLog(null!),
            () => builder.AddMapping(null!),
            () => builder.AddMapping("M", null!),
            () => builder.AddMapping(null!, _ => { }),
            () => builder.ConfigureMapping(null!, _ => { }),
            () => builder.ConfigureMapping("M", null!),
            () => builder.AddRule(null!),
            () => builder.Configure(null!),
            () => ((IServiceCollection)null!).AddDataverseSync(),
        ];

        calls.Should().AllSatisfy(call => call.Should().Throw<ArgumentNullException>());
    }

    private static SyncEngine Resolve(Action<SyncBuilder> configure)
    {
        var services = new ServiceCollection();
        var builder = services.AddDataverseSync(sync => sync
            .UseLocal(_ => CrmTables.NewLocal(TimeProvider.System))
            .UseIntegration(_ => CrmTables.NewIntegration(TimeProvider.System))
            .UseInMemoryStore());
        configure(builder);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<SyncEngine>();
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
