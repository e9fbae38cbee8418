using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Finds everything that is wrong with the options at once.</summary>
internal static class OptionsValidator
{
    private const int ServicePageLimit = 20_000;
    private const int ServiceBatchLimit = 100;

    /// <summary>Checks the options.</summary>
    /// <exception cref="SyncConfigurationException">Something is wrong.</exception>
    public static void Validate(BusinessCentralOptions options)
    {
        var problems = Connection(options).Concat(Limits(options)).Concat(Tables(options)).ToList();
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException([.. problems.Select(problem => $"Business Central: {problem}")]);
        }
    }

    private static IEnumerable<string> Connection(BusinessCentralOptions options)
    {
        if (OriginGuard.ProblemOf(options.BaseAddress) is { } problem)
        {
            yield return problem;
        }
        else if (!options.BaseAddress!.AbsolutePath.Contains("/api/", StringComparison.OrdinalIgnoreCase))
        {
            yield return "The base address must be the root of an API, ending as in /api/v2.0.";
        }

        if (string.IsNullOrWhiteSpace(options.Company))
        {
            yield return "The company is missing: give its id, name, or display name.";
        }

        if (options.AccessToken is null)
        {
            yield return "The access token delegate is missing.";
        }
    }

    private static IEnumerable<string> Limits(BusinessCentralOptions options) =>
        new[]
        {
            Require(options.PageSize is >= 1 and <= ServicePageLimit, $"{nameof(options.PageSize)} must lie between 1 and {ServicePageLimit}."),
            Require(options.BatchSize is >= 1 and <= ServiceBatchLimit, $"{nameof(options.BatchSize)} must lie between 1 and {ServiceBatchLimit}."),
            Require(options.ChangeOverlap >= TimeSpan.FromSeconds(1), $"{nameof(options.ChangeOverlap)} must be at least a second."),
            Require(options.ClockMargin >= TimeSpan.Zero, $"{nameof(options.ClockMargin)} must not be negative."),
            Require(options.MaxConcurrency >= 1, $"{nameof(options.MaxConcurrency)} must be at least 1."),
            Require(options.RequestLimit is null or >= 1, $"{nameof(options.RequestLimit)} must be at least 1, or null for none."),
            Require(options.LimitWindow > TimeSpan.Zero && options.LimitWindow <= TimeSpan.FromDays(1), $"{nameof(options.LimitWindow)} must lie between zero and a day."),
            Require(options.MaxRetries >= 0, $"{nameof(options.MaxRetries)} must not be negative."),
            Require(options.RequestTimeout > TimeSpan.Zero, $"{nameof(options.RequestTimeout)} must be greater than zero."),
            Require(options.MaxResponseBytes >= 1 && options.MaxResponseBytes <= Array.MaxLength, $"{nameof(options.MaxResponseBytes)} must lie between 1 and {Array.MaxLength}."),
        }.OfType<string>();

    private static string? Require(bool holds, string problem) => holds ? null : problem;

    private static IEnumerable<string> Tables(BusinessCentralOptions options)
    {
        foreach (var (name, table) in options.Tables)
        {
            if (table is null)
            {
                yield return $"Table '{name}' has no settings.";
                continue;
            }

            if (table.Route is { } route && route.Split('/') is not [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }])
            {
                yield return $"The route of table '{name}' must have the shape publisher/group/version.";
            }

            if (table.Parents.Count > 0 && table.IsWritable == true)
            {
                yield return $"Table '{name}' exists under other tables only and cannot be writable.";
            }

            foreach (var (field, settings) in table.Fields.Where(item => item.Value is null || item.Value.MaxLength < 1))
            {
                yield return settings is null
                    ? $"Field '{field}' of table '{name}' has no settings."
                    : $"The greatest length of field '{field}' of table '{name}' must be at least 1.";
            }
        }
    }
}
