using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.PostgreSql.Tests;

[NeedsServer]
public sealed class ScopeRegisterTests : IAsyncLifetime
{
    private static readonly RegisteredScope Scope = new()
    {
        Name = "a scope \"with\" signs \\ \0",
        LocalId = "1",
        IntegrationIdentity = "host",
        Tables = [new("account", "company"), new("contact", null)],
    };

    private readonly TestSchema schema = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await schema.DisposeAsync();

    [Fact]
    public async Task Scope_is_read_as_it_was_saved()
    {
        var register = schema.Open();
        var before = await register.ReadScopesAsync(default);

        (await register.TrySaveScopeAsync(Scope, before.Revision, default)).Should().BeTrue();

        before.Scopes.Should().BeEmpty();
        (await register.ReadScopesAsync(default)).Scopes.Should().ContainSingle().Which.Should().BeEquivalentTo(Scope);
    }

    [Fact]
    public async Task Entry_is_not_saved_over_a_register_that_another_engine_has_changed()
    {
        var engines = new[] { schema.Open(), schema.Open() };
        var seen = (await engines[0].ReadScopesAsync(default)).Revision;

        var saved = await Task.WhenAll(engines.Select((engine, number) =>
            engine.TrySaveScopeAsync(Scope with { Name = $"{number}" }, seen, default).AsTask()));

        saved.Should().BeEquivalentTo([true, false]);
        var after = await engines[0].ReadScopesAsync(default);
        after.Revision.Should().Be(seen + 1);
        (await engines[1].TrySaveScopeAsync(after.Scopes.Single() with { LocalId = "2" }, after.Revision, default)).Should().BeTrue();
        (await engines[0].ReadScopesAsync(default)).Scopes.Should().ContainSingle().Which.LocalId.Should().Be("2");
    }

    [Fact]
    public async Task Scopes_with_couplings_are_listed_although_nobody_registered_them()
    {
        var store = schema.Open();
        var lease = await store.TryAcquireLeaseAsync(new("older", "CUSTOMER"), "owner", TimeSpan.FromMinutes(1), default);
        await store.CommitAsync(new() { Lease = lease!, Couplings = [CouplingSamples.Pair(1)] }, default);
        _ = await store.TryAcquireLeaseAsync(new("empty", "CUSTOMER"), "owner", TimeSpan.FromMinutes(1), default);

        var found = (await store.ReadScopesAsync(default)).Scopes.Should().ContainSingle().Subject;

        found.Name.Should().Be("older");
        found.Mappings.Should().Equal("CUSTOMER");
        found.LocalId.Should().BeNull();
    }
}
