using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>In what an <see cref="EngineFixture"/> differs from the usual one.</summary>
internal sealed record FixtureOptions
{
    public Action<IntegrationTableMappingBuilder>? Customer { get; init; }

    public Func<InMemoryTableOptions, InMemoryTableOptions>? LocalTable { get; init; }

    public Func<InMemoryTableOptions, InMemoryTableOptions>? IntegrationTable { get; init; }

    /// <summary>Adds to the table of accounts.</summary>
    public Action<InMemoryTableBuilder>? ChangeAccount { get; init; }

    public IReadOnlyList<ISyncRule> Rules { get; init; } = [];

    public Func<SyncEngineOptions, SyncEngineOptions> Engine { get; init; } = options => options;
}
