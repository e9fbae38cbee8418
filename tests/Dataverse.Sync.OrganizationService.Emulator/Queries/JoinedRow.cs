using System.Collections.Immutable;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>A row of a query, with the rows that are joined to it, by alias.</summary>
internal sealed record JoinedRow(DataverseRow Row, ImmutableDictionary<string, DataverseRow> Others)
{
    public JoinedRow(DataverseRow row)
        : this(row, ImmutableDictionary<string, DataverseRow>.Empty)
    {
    }

    /// <summary>The row that a condition is about; null for a joined one that is missing.</summary>
    public DataverseRow? Find(string? alias) => string.IsNullOrEmpty(alias) ? Row : Others.GetValueOrDefault(alias);
}
