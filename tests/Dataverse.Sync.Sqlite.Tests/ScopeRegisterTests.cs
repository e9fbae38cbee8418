using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>The register of scopes, in a coupling file and in memory.</summary>
public sealed class ScopeRegisterTests : IDisposable
{
    private static readonly RegisteredScope Scope = new()
    {
        Name = "a scope \"with\" signs",
        LocalId = "1",
        IntegrationIdentity = "host",
        Tables = [new("account", "company"), new("contact", null)],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Scope_is_read_as_it_was_saved(bool isFile)
    {
        var register = Open(isFile);
        var before = await register.ReadScopesAsync(default);

        (await register.TrySaveScopeAsync(Scope, before.Revision, default)).Should().BeTrue();

        before.Scopes.Should().BeEmpty();
        (await register.ReadScopesAsync(default)).Scopes.Should().ContainSingle().Which.Should().BeEquivalentTo(Scope);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Entry_is_not_saved_over_a_register_that_has_changed(bool isFile)
    {
        var register = Open(isFile);
        var seen = (await register.ReadScopesAsync(default)).Revision;
        (await register.TrySaveScopeAsync(Scope, seen, default)).Should().BeTrue();

        (await register.TrySaveScopeAsync(Scope with { Name = "other" }, seen, default)).Should().BeFalse();
        (await register.TrySaveScopeAsync(Scope with { LocalId = "2" }, seen + 1, default)).Should().BeTrue();

        (await register.ReadScopesAsync(default)).Scopes.Should().ContainSingle().Which.LocalId.Should().Be("2");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Scopes_with_couplings_are_listed_although_nobody_registered_them(bool isFile)
    {
        var register = Open(isFile);
        var store = (ICouplingStore)register;
        var key = new MappingKey("older", "CUSTOMER");
        var lease = await store.TryAcquireLeaseAsync(key, "owner", TimeSpan.FromMinutes(1), default);
        await store.CommitAsync(new() { Lease = lease!, Couplings = [CouplingSamples.Pair(1)] }, default);
        _ = await store.TryAcquireLeaseAsync(new("empty", "CUSTOMER"), "owner", TimeSpan.FromMinutes(1), default);

        var found = (await register.ReadScopesAsync(default)).Scopes.Should().ContainSingle().Subject;

        found.Name.Should().Be("older");
        found.Mappings.Should().Equal("CUSTOMER");
        found.LocalId.Should().BeNull();
    }

    private IScopeRegister Open(bool isFile) => isFile ? TestStores.Open(folder.File()) : new InMemoryCouplingStore();
}
