using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The conditional headers of a request on one row.</summary>
internal sealed record WriteCondition
{
    /// <summary><c>If-Match: *</c>, or a tag: the row must exist.</summary>
    public bool MustExist { get; private init; }

    /// <summary><c>If-None-Match: *</c>: the row must not exist.</summary>
    public bool MustNotExist { get; private init; }

    /// <summary>Version that the row must have; −1 for a tag that no row can have; null for any.</summary>
    public long? Version { get; private init; }

    public static WriteCondition Of(ApiRequest request)
    {
        var match = request.Header("If-Match")?.Trim();

        // The literal null is not a condition: clients send it to bypass caches.
        return new WriteCondition
        {
            MustExist = match is not null and not "",
            MustNotExist = request.Header("If-None-Match")?.Trim() == "*",
            Version = match is null or "" or "*" ? null : VersionOf(match),
        };
    }

    /// <exception cref="DataverseErrorException">
    /// The row has another version, or its table knows no versions.
    /// </exception>
    public void Check(DataverseTableSchema table, DataverseRow row)
    {
        if (Version is null)
        {
            return;
        }

        if (!table.Definition.OptimisticConcurrency)
        {
            throw DataverseErrors.ConcurrencyNotEnabled(table);
        }

        if (Version != row.Version)
        {
            throw DataverseErrors.VersionMismatch();
        }
    }

    public static long VersionOf(string tag)
    {
        var text = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
        return long.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : -1;
    }
}
