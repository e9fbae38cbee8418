using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The committed data at one moment. Immutable, so that a reference is a snapshot.</summary>
internal sealed record TenantState
{
    /// <summary>By company and entity set. Tables without a row may be missing.</summary>
    public ImmutableDictionary<(Guid Company, string Table), TableRows> Tables { get; init; } =
        ImmutableDictionary<(Guid, string), TableRows>.Empty;

    /// <summary>The number of uses of each number series, by company and entity set.</summary>
    public ImmutableDictionary<(Guid Company, string Table), int> NumbersUsed { get; init; } =
        ImmutableDictionary<(Guid, string), int>.Empty;

    public long LastVersion { get; init; }

    /// <summary>The companies are rows of the platform, outside any company.</summary>
    public TableRows Companies => Table(Guid.Empty, PageNames.Companies);

    public TableRows Table(Guid company, string table) => Tables.GetValueOrDefault((company, table), TableRows.Empty);

    public CompanyView Company(Guid id) => new(this, id);
}
