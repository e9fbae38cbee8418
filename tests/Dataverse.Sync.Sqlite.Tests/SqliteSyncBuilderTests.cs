using Dataverse.Sync.Conformance;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class SqliteSyncBuilderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task UseSqliteCouplings_gives_the_engine_a_store_and_a_log_that_end_with_the_container()
    {
        var services = new ServiceCollection();
        services.AddDataverseSync(sync => sync
            .UseLocal(_ => Substitute.For<ITableConnector>())
            .UseIntegration(_ => Substitute.For<ITableConnector>())
            .UseSqliteCouplings(folder.File()));
        SqliteCouplingStore store;
        using (var provider = services.BuildServiceProvider())
        {
            store = provider.GetRequiredService<SqliteCouplingStore>();
            provider.GetRequiredService<SyncEngine>().JobLog.Should().BeSameAs(store);
            (await store.CountAsync(CouplingSamples.Customers, CancellationToken.None)).Should().Be(0);
        }

        File.Exists(folder.File()).Should().BeTrue();
        var late = () => store.LeaseAsync();
        await late.Should().ThrowAsync<ObjectDisposedException>();
    }
}
