using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Checks options and reports all problems in one exception.</summary>
internal static class OptionsValidator
{
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(36_525);

    /// <exception cref="SyncConfigurationException">An option is invalid.</exception>
    public static void Validate(PostgreSqlCouplingStoreOptions options)
    {
        var problems = Problems(options).ToList();
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }
    }

    private static IEnumerable<string> Problems(PostgreSqlCouplingStoreOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString) == options.DataSource is null)
        {
            yield return $"Either {nameof(options.ConnectionString)} or {nameof(options.DataSource)} is required, "
                + "and not both.";
        }
        else if (options.DataSource is null && !CanParse(options.ConnectionString!))
        {
            yield return $"{nameof(options.ConnectionString)} is not a connection string of PostgreSQL.";
        }

        if (!SchemaName.IsValid(options.Schema))
        {
            yield return $"{nameof(options.Schema)} must have 1 to {SchemaName.MaximumLength} characters of a to z, "
                + "0 to 9, and underscores, and begin neither with a digit nor with 'pg_'.";
        }

        if (options.ConflictValueRetention < TimeSpan.Zero || options.ConflictValueRetention > LongestRetention)
        {
            yield return $"{nameof(options.ConflictValueRetention)} is {options.ConflictValueRetention} but must be "
                + $"null or between {TimeSpan.Zero} and {LongestRetention}.";
        }
    }

    // The message of the parser is left out: it can contain a part of the password.
    private static bool CanParse(string connectionString)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connectionString).Host);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }
}
