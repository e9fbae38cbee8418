namespace Dataverse.Sync.PostgreSql;

/// <summary>
/// The clock by which leases and job queue entries expire: that of the database, which all engines share.
/// </summary>
/// <param name="Replacement">A clock that a test sets, or null for that of the database.</param>
internal sealed record StoreClock(TimeProvider? Replacement = null)
{
    /// <summary>The present time of the clock as a parameter: null lets the database tell the time.</summary>
    public long? Ticks => Replacement?.GetUtcNow().UtcTicks;

    /// <summary>The statement that reads the clock.</summary>
    public Statement ToRead() => new Statement($"SELECT {Now("$1")}").Number(Ticks);

    /// <summary>
    /// The expression of the present time in ticks, not of the time when the transaction began, which can have waited for a
    /// lock since.
    /// </summary>
    /// <param name="parameter">The parameter to which <see cref="Ticks"/> is bound.</param>
    public static string Now(string parameter) =>
        $"coalesce({parameter}, 621355968000000000 + (extract(epoch FROM clock_timestamp()) * 10000000)::bigint)";
}
