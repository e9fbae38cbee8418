using System.Collections.Concurrent;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Decides which delta tokens have expired, by the setting of the organization or because the test expired them.
/// </summary>
internal sealed class DeltaTokenExpiry(DataverseEmulatorOptions options)
{
    private const int DefaultDays = 7;

    private readonly ConcurrentDictionary<string, long> expiredThrough = new(StringComparer.Ordinal);

    /// <summary>Makes every token that was issued for the table invalid.</summary>
    public void Expire(string table, long version) => expiredThrough[table] = version;

    /// <exception cref="DataverseErrorException">The token is too old.</exception>
    public void Check(DatabaseState state, string table, DeltaToken token, DateTimeOffset now)
    {
        var days = state["organization"].Rows.Values.FirstOrDefault()?["expirechangetrackingindays"] as int?
            ?? DefaultDays;
        if (now - token.IssuedAt > TimeSpan.FromDays(days)
            || token.Version <= expiredThrough.GetValueOrDefault(table, -1))
        {
            throw new DataverseErrorException(
                options.ExpiredDeltaTokenStatus, "0x80044352",
                "Version stamp associated with the client has expired. Please perform a full sync.");
        }
    }
}
