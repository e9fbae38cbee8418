using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Checks the settings and reports all problems in one message.</summary>
internal static class OptionsValidator
{
    /// <summary>Does nothing when the settings are sound.</summary>
    /// <exception cref="SyncConfigurationException">Some are not; the message names each.</exception>
    public static void Validate(WebApiOptions options)
    {
        var problems = Problems(options).ToList();
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }
    }

    private static IEnumerable<string> Problems(WebApiOptions options)
    {
        if (OriginGuard.ProblemOf(options.EnvironmentUrl) is { } problem)
        {
            yield return $"{nameof(options.EnvironmentUrl)}: {problem}";
        }

        if (!Version.TryParse(options.ApiVersion, out var version) || options.ApiVersion != version.ToString(2))
        {
            yield return $"{nameof(options.ApiVersion)} must have the form 9.2.";
        }

        if (options.AccessToken is null)
        {
            yield return $"{nameof(options.AccessToken)} is missing.";
        }

        if (string.IsNullOrWhiteSpace(options.Name))
        {
            yield return $"{nameof(options.Name)} is missing.";
        }

        foreach (var outOfRange in Numbers(options).Concat(Times(options)))
        {
            yield return outOfRange;
        }

        if (options.WritableFullNames is null || options.WritableFullNames.Any(string.IsNullOrWhiteSpace))
        {
            yield return $"{nameof(options.WritableFullNames)} must name tables.";
        }

        if (options.Tag is { } tag && (tag.Length is 0 or > 100 || tag.Any(char.IsControl)))
        {
            yield return $"{nameof(options.Tag)} must have 1 to 100 printable characters.";
        }
    }

    private static IEnumerable<string> Numbers(WebApiOptions options) => new[]
    {
        Outside(nameof(options.PageSize), options.PageSize, 1, 5_000),
        Outside(nameof(options.CreateBatchSize), options.CreateBatchSize, 1, 1_000),
        Outside(nameof(options.UpdateBatchSize), options.UpdateBatchSize, 1, 1_000),
        Outside(nameof(options.MaxConcurrency), options.MaxConcurrency, 1, 52),
        Outside(nameof(options.RequestLimit), options.RequestLimit, 1, int.MaxValue),
        Outside(nameof(options.MaxRetries), options.MaxRetries, 0, 100),
        Outside(nameof(options.MaxResponseBytes), options.MaxResponseBytes, 1024 * 1024, int.MaxValue / 2),
    }.OfType<string>();

    private static IEnumerable<string> Times(WebApiOptions options) => new[]
    {
        Outside(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        Outside(nameof(options.RequestTimeout), options.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        Outside(nameof(options.ExecutionTimeLimit), options.ExecutionTimeLimit, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1)),
        Outside(nameof(options.LimitWindow), options.LimitWindow, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1)),
        Outside(nameof(options.ModifiedOnOverlap), options.ModifiedOnOverlap, TimeSpan.Zero, TimeSpan.FromDays(1)),
    }.OfType<string>();

    private static string? Outside<T>(string name, T value, T least, T greatest)
        where T : IComparable<T> =>
        value.CompareTo(least) < 0 || value.CompareTo(greatest) > 0 ? $"{name} is {value} but must be between {least} and {greatest}." : null;
}
