using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A place in the changes of a table.</summary>
/// <param name="Page">Number of the page.</param>
/// <param name="Since">Version of the token, or −1 for a first query.</param>
/// <param name="Upper">Version at the first page.</param>
/// <param name="Last">Order of the last change on the page before.</param>
internal sealed record DeltaPosition(int Page, long Since, long Upper, string Last)
{
    /// <summary>The beginning of the feed after a token, or of the first feed without one.</summary>
    /// <exception cref="DataverseErrorException">The token is malformed, or it has expired.</exception>
    public static DeltaPosition First(
        DatabaseState state, DataverseTableSchema table, string? token, long version, DeltaTokenExpiry expiry,
        DateTimeOffset now)
    {
        if (token is null)
        {
            return new DeltaPosition(1, -1, version, "");
        }

        var known = DeltaToken.Decode(token);
        expiry.Check(state, table.LogicalName, known, now);
        return new DeltaPosition(1, known.Version, version, "");
    }

    /// <exception cref="DataverseErrorException">The table has no change tracking.</exception>
    public static void CheckTracked(DataverseTableSchema table)
    {
        if (!table.Definition.ChangeTracking)
        {
            throw new DataverseErrorException(
                400, "0x80072491", $"Entity: {table.LogicalName} is not enabled for change tracking.");
        }
    }

    /// <exception cref="DataverseErrorException">The cookie is malformed.</exception>
    public static DeltaPosition Decode(PagingCookie cookie)
    {
        var parts = cookie.Position.Split('!');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var since)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var upper)
            ? new DeltaPosition(cookie.Page, since, upper, parts[2])
            : throw DataverseErrors.BadQuery("The paging cookie is malformed.");
    }

    /// <summary>The changes from here on, in order.</summary>
    public IEnumerable<DeltaChange> Pending(TableState table)
    {
        if (Since < 0)
        {
            return table.All.Select(row => new DeltaChange(row, null))
                .Where(change => string.CompareOrdinal(change.InitialOrder, Last) > 0)
                .OrderBy(change => change.InitialOrder, StringComparer.Ordinal);
        }

        var upserts = table.All.Where(row => row.Version > Since && row.Version <= Upper)
            .Select(row => new DeltaChange(row, null));
        var deletes = table.Tombstones.Where(
            stone => stone.Version > Since && stone.Version <= Upper
                && !table.Rows.ContainsKey(stone.Id))
            .Select(stone => new DeltaChange(null, stone));
        return upserts.Concat(deletes)
            .Where(change => string.CompareOrdinal(change.Order, Last) > 0)
            .OrderBy(change => change.Order, StringComparer.Ordinal);
    }

    /// <summary>The position after a page.</summary>
    public PagingCookie After(DeltaChange last) =>
        new(Page + 1, $"{Since}!{Upper}!{(Since < 0 ? last.InitialOrder : last.Order)}", IsTracking: true);

    /// <summary>The token of the changes after this feed.</summary>
    public DeltaToken Next(DateTimeOffset now) => new(Upper, now);
}
