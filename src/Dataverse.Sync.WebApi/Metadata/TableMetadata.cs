using System.Collections.Frozen;

namespace Dataverse.Sync.WebApi;

/// <summary>What the connector knows of a table, read once from the service.</summary>
internal sealed class TableMetadata
{
    public const string ModifiedOn = "modifiedon";
    public const string StateCode = "statecode";
    public const string StatusCode = "statuscode";

    private int refusesCreateMultiple;

    public required TableSchema Schema { get; init; }

    public required FrozenDictionary<string, Column> Columns { get; init; }

    /// <summary>The URL segment; never derived from the name.</summary>
    public required string EntitySetName { get; init; }

    /// <summary>Whether changes are read by change tracking.</summary>
    public required bool TracksChanges { get; init; }

    /// <summary>Whether the service compares a version in <c>If-Match</c>; where not, it refuses one.</summary>
    public required bool ChecksVersions { get; init; }

    /// <summary>Splits what is written to <c>fullname</c>; null where that is not offered.</summary>
    public FullNameSplitter? FullName { get; init; }

    public string Name => Schema.Name;

    public string KeyColumn => Schema.KeyField;

    public bool HasModifiedOn => Columns.ContainsKey(ModifiedOn);

    /// <summary>Whether CreateMultiple may be tried.</summary>
    public bool OffersCreateMultiple
    {
        get => Volatile.Read(ref refusesCreateMultiple) == 0;
        init => refusesCreateMultiple = value ? 0 : 1;
    }

    /// <summary>Remembers that the service does not take CreateMultiple for this table, or not with our ids.</summary>
    public void GiveUpCreateMultiple() => Volatile.Write(ref refusesCreateMultiple, 1);
}
