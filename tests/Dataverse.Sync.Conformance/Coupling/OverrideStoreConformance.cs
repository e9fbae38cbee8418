namespace Dataverse.Sync.Conformance;

/// <summary>What every <see cref="IOverrideStore"/> guarantees. An implementation inherits the suite and supplies an empty store.</summary>
public abstract class OverrideStoreConformance
{
    private const string Scope = "a scope \"with\" signs";

    private static readonly StoredOverride Change = new()
    {
        Mapping = "CUSTOMER",
        Version = 0,
        Document = "{\"version\":1,\"changes\":{\"localTable\":\"ünï 😀\"}}",
        ChangedOn = CouplingSamples.Start,
    };

    protected abstract IOverrideStore Store { get; }

    [Fact]
    public async Task Override_is_read_as_it_was_saved_with_the_next_version()
    {
        (await ReadAsync()).Should().BeEmpty();

        (await Store.TrySaveOverrideAsync(Scope, Change, default)).Should().BeTrue();
        (await Store.TrySaveOverrideAsync(Scope, Change with { Mapping = "VENDOR" }, default)).Should().BeTrue();

        (await ReadAsync()).Should().BeEquivalentTo([Change with { Version = 1 }, Change with { Mapping = "VENDOR", Version = 1 }]);
    }

    [Fact]
    public async Task Override_of_another_scope_is_another_one()
    {
        (await Store.TrySaveOverrideAsync(Scope, Change, default)).Should().BeTrue();
        (await Store.TrySaveOverrideAsync("other", Change with { Document = null }, default)).Should().BeTrue();

        (await ReadAsync()).Should().ContainSingle().Which.Document.Should().Be(Change.Document);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task Override_that_has_changed_since_is_not_overwritten(long seen)
    {
        _ = await Store.TrySaveOverrideAsync(Scope, Change, default);
        _ = await Store.TrySaveOverrideAsync(Scope, Change with { Version = 1, Document = "{}" }, default);

        (await Store.TrySaveOverrideAsync(Scope, Change with { Version = seen, Document = "lost" }, default)).Should().BeFalse();

        (await ReadAsync()).Should().ContainSingle().Which.Should().Be(Change with { Version = 2, Document = "{}" });
    }

    [Fact]
    public async Task Override_that_was_removed_keeps_its_version_so_that_nobody_mistakes_a_later_one_for_it()
    {
        _ = await Store.TrySaveOverrideAsync(Scope, Change, default);
        (await Store.TrySaveOverrideAsync(Scope, Change with { Version = 1, Document = null }, default)).Should().BeTrue();

        (await ReadAsync()).Should().ContainSingle().Which.Should().Be(Change with { Version = 2, Document = null });
        (await Store.TrySaveOverrideAsync(Scope, Change, default)).Should().BeFalse();
        (await Store.TrySaveOverrideAsync(Scope, Change with { Version = 2 }, default)).Should().BeTrue();
    }

    [Fact]
    public async Task Of_many_that_change_an_override_at_once_one_succeeds()
    {
        var saved = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() =>
            Store.TrySaveOverrideAsync(Scope, Change with { Document = $"{number}" }, default).AsTask())));

        saved.Count(isSaved => isSaved).Should().Be(1);
        (await ReadAsync()).Should().ContainSingle().Which.Document.Should().Be($"{Array.IndexOf(saved, true)}");
    }

    [Fact]
    public async Task Cancelled_call_changes_nothing()
    {
        var save = () => Store.TrySaveOverrideAsync(Scope, Change, new(canceled: true)).AsTask();

        await save.Should().ThrowAsync<OperationCanceledException>();
        (await ReadAsync()).Should().BeEmpty();
    }

    private ValueTask<IReadOnlyList<StoredOverride>> ReadAsync() => Store.ReadOverridesAsync(Scope, default);
}
