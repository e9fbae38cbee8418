namespace Dataverse.Sync.Sqlite;

/// <summary>Checks options and reports all problems in one exception.</summary>
internal static class OptionsValidator
{
    private static readonly TimeSpan LongestBusyTimeout = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(36_525);

    /// <exception cref="SyncConfigurationException">An option is invalid.</exception>
    public static void Validate(SqliteCouplingStoreOptions options)
    {
        var problems = Problems(options).ToList();
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }
    }

    private static IEnumerable<string> Problems(SqliteCouplingStoreOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            yield return $"{nameof(options.Path)} is missing.";
        }
        else if (options.Path.Contains('\0'))
        {
            yield return $"{nameof(options.Path)} must not contain a null character.";
        }

        if (!Enum.IsDefined(options.Synchronous))
        {
            yield return $"{nameof(options.Synchronous)} is {options.Synchronous} but must be Full or Normal.";
        }

        if (options.BusyTimeout < TimeSpan.Zero || options.BusyTimeout > LongestBusyTimeout)
        {
            yield return $"{nameof(options.BusyTimeout)} is {options.BusyTimeout} but must be between "
                + $"{TimeSpan.Zero} and {LongestBusyTimeout}.";
        }

        if (options.ConflictValueRetention < TimeSpan.Zero || options.ConflictValueRetention > LongestRetention)
        {
            yield return $"{nameof(options.ConflictValueRetention)} is {options.ConflictValueRetention} but must be "
                + $"null or between {TimeSpan.Zero} and {LongestRetention}.";
        }
    }
}
