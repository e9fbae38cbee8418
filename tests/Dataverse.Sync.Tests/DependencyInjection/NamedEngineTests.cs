using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.Tests.DependencyInjection;

public sealed class NamedEngineTests
{
    [Fact]
    public async Task Engines_with_names_stand_beside_each_other_and_beside_the_one_without()
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(sync => Configure(sync).Configure(options => options with { Scope = new("unnamed") }));
        _ = services.AddDataverseSync("cronus", sync => Configure(sync).AddMapping(CrmTables.Salesperson()));
        _ = services.AddDataverseSync("fabrikam", sync => Configure(sync));
        await using var provider = services.BuildServiceProvider();

        var cronus = provider.GetRequiredKeyedService<SyncEngine>("cronus");

        cronus.Mappings.All.Should().ContainSingle();
        cronus.Should().BeSameAs(provider.GetRequiredKeyedService<SyncEngine>("cronus"));
        provider.GetRequiredKeyedService<SyncEngine>("fabrikam").Mappings.All.Should().BeEmpty();
        provider.GetRequiredService<SyncEngine>().Scope.Name.Should().Be("unnamed");
        provider.GetServices<SyncEngine>().Should().ContainSingle();
    }

    [Fact]
    public async Task Two_engines_of_one_name_are_a_problem_like_all_others()
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync("cronus", sync => sync.UseInMemoryStore());
        _ = services.AddDataverseSync("Cronus", sync => Configure(sync));
        await using var provider = services.BuildServiceProvider();

        var resolve = () => provider.GetRequiredKeyedService<SyncEngine>("cronus");

        resolve.Should().Throw<SyncConfigurationException>().Which.Problems.Should().Equal(
            "Two engines are named 'Cronus'.",
            "No connector is set for the local side. Call UseBusinessCentral or UseLocal.",
            "No connector is set for the integration side. Call UseDataverseWebApi or UseIntegration.");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_name_is_not_empty(string name)
    {
        var add = () => new ServiceCollection().AddDataverseSync(name, _ => { });

        add.Should().Throw<ArgumentException>().WithParameterName("engineName");
    }

    [Fact]
    public void An_engine_without_a_name_is_not_found_under_one()
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(sync => Configure(sync));
        using var provider = services.BuildServiceProvider();

        provider.GetKeyedService<SyncEngine>("cronus").Should().BeNull();
    }

    private static SyncBuilder Configure(SyncBuilder sync) => sync
        .UseLocal(_ => CrmTables.NewLocal(TimeProvider.System))
        .UseIntegration(_ => CrmTables.NewIntegration(TimeProvider.System))
        .UseInMemoryStore();
}
