using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One change of a table: a row that is new or updated, or a deletion.</summary>
internal sealed record DeltaChange(DataverseRow? Row, Tombstone? Deleted)
{
    /// <summary>The place in the first feed, which is in order of the key.</summary>
    public string InitialOrder => Row!.Id.ToString("N");

    /// <summary>The place in a later feed: rows by version, then deletions by version.</summary>
    public string Order => string.Create(
        CultureInfo.InvariantCulture, $"{(Row is null ? 'd' : 'c')}{(Row?.Version ?? Deleted!.Version):d19}");
}
