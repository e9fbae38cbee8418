using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Everything that is committed, at one moment. Immutable: keeping one is a snapshot.</summary>
internal sealed record DatabaseState
{
    /// <summary>By company and entity set. Tables without a row may be missing.</summary>
    public ImmutableDictionary<(Guid Company, string Table), TableState> Tables { get; init; } =
        ImmutableDictionary<(Guid, string), TableState>.Empty;

    /// <summary>How often a number series was used, by company and entity set.</summary>
    public ImmutableDictionary<(Guid Company, string Table), int> NumbersUsed { get; init; } =
        ImmutableDictionary<(Guid, string), int>.Empty;

    public long LastVersion { get; init; }

    /// <summary>The companies are rows of the platform, outside any company.</summary>
    public TableState Companies => Table(Guid.Empty, StandardTables.Companies);

    public TableState Table(Guid company, string table) => Tables.GetValueOrDefault((company, table), TableState.Empty);

    public CompanyView Company(Guid id) => new(this, id);
}
