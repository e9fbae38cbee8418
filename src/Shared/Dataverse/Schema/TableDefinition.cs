using System.Collections.Frozen;

namespace Dataverse.Sync.Shared;

/// <summary>A table as the connector uses it: its schema, its columns, and what the service offers for it.</summary>
internal sealed class TableDefinition
{
    private int refusesCreateMultiple;

    public required TableSchema Schema { get; init; }

    public required FrozenDictionary<string, Column> Columns { get; init; }

    /// <summary>The URL segment, as the service defines it.</summary>
    public required string EntitySetName { get; init; }

    /// <summary>Whether changes are read by change tracking.</summary>
    public required bool TracksChanges { get; init; }

    /// <summary>Whether the service compares a version in <c>If-Match</c>; where not, it refuses one.</summary>
    public required bool ChecksVersions { get; init; }

    /// <summary>The columns that show a mask; null where the rules cannot be read.</summary>
    public IReadOnlySet<string>? MaskedColumns { get; init; }

    /// <summary>Splits what is written to <c>fullname</c>; null where that is not offered.</summary>
    public FullNameSplitter? FullName { get; init; }

    public string Name => Schema.Name;

    public string KeyColumn => Schema.KeyField;

    public bool HasModifiedOn => Columns.ContainsKey(ColumnNames.ModifiedOn);

    /// <summary>Whether CreateMultiple may be tried.</summary>
    public bool OffersCreateMultiple
    {
        get => Volatile.Read(ref refusesCreateMultiple) == 0;
        init => refusesCreateMultiple = value ? 0 : 1;
    }

    /// <summary>Remembers that the service does not take CreateMultiple for this table, or not with our ids.</summary>
    public void GiveUpCreateMultiple() => Volatile.Write(ref refusesCreateMultiple, 1);
}
