using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.PostgreSql.Tests;

[NeedsServer]
public sealed class PostgreSqlOverrideStoreTests : OverrideStoreConformance, IAsyncLifetime
{
    private readonly TestSchema schema = new();
    private readonly PostgreSqlCouplingStore store;

    public PostgreSqlOverrideStoreTests() => store = schema.Open();

    protected override IOverrideStore Store => store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await schema.DisposeAsync();

    [Fact]
    public async Task Of_two_engines_that_save_at_once_one_is_told_that_it_was_too_late()
    {
        var change = new StoredOverride { Mapping = "CUSTOMER", Version = 0, Document = "{}", ChangedOn = CouplingSamples.Start };
        var engines = new[] { schema.Open(), schema.Open() };

        var saved = await Task.WhenAll(engines.Select(engine => engine.TrySaveOverrideAsync("scope", change, default).AsTask()));

        saved.Should().BeEquivalentTo([true, false]);
        (await Store.ReadOverridesAsync("scope", default)).Should().Equal(change with { Version = 1 });
    }
}
