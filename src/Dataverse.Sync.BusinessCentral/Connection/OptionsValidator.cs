using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Checks the options and reports all problems in one message.</summary>
internal static class OptionsValidator
{
    private const int ServicePageLimit = 20_000;
    private const int ServiceBatchLimit = 100;

    /// <summary>Checks the options.</summary>
    /// <exception cref="SyncConfigurationException">Options are missing or invalid; the message names each.</exception>
    public static void Validate(BusinessCentralOptions options)
    {
        var tables = options.Tables.SelectMany(table => TableOptionsValidator.ProblemsOf(table.Key, table.Value));
        var problems = Addresses(options).Concat(Numbers(options)).Concat(Times(options)).OfType<string>().Concat(tables).ToList();
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException([.. problems.Select(problem => $"Business Central: {problem}")]);
        }
    }

    private static IEnumerable<string?> Addresses(BusinessCentralOptions options) =>
    [
        BaseAddressProblem(options.BaseAddress),
        string.IsNullOrWhiteSpace(options.Company) ? "The company is missing: give its id, name, or display name." : null,
        options.AccessToken is null ? "The access token delegate is missing." : null,
        OptionRules.Blank(nameof(options.Account), options.Account),
        options.QueryOptions.Any(option => string.IsNullOrWhiteSpace(option.Key) || option.Value is null)
            ? $"{nameof(options.QueryOptions)} has an option without a name or a value."
            : null,
        options.PassingErrorTexts.Any(string.IsNullOrWhiteSpace)
            ? $"{nameof(options.PassingErrorTexts)} has an empty text."
            : null,
    ];

    private static string? BaseAddressProblem(Uri? address)
    {
        if (OriginGuard.ProblemOf(address) is { } problem)
        {
            return problem;
        }

        return address!.AbsolutePath.Contains("/api/", StringComparison.OrdinalIgnoreCase)
            ? null
            : "The base address must be the root of an API, ending as in /api/v2.0.";
    }

    private static IEnumerable<string?> Numbers(BusinessCentralOptions options) =>
    [
        OptionRules.Outside(nameof(options.PageSize), options.PageSize, 1, ServicePageLimit),
        OptionRules.Outside(nameof(options.BatchSize), options.BatchSize, 1, ServiceBatchLimit),
        OptionRules.Outside(nameof(options.MaxConcurrency), options.MaxConcurrency, 1, int.MaxValue),
        options.RequestLimit is { } limit ? OptionRules.Outside(nameof(options.RequestLimit), limit, 1, int.MaxValue) : null,
        OptionRules.Outside(nameof(options.MaxRetries), options.MaxRetries, 0, 100),
        OptionRules.Outside(nameof(options.MaxResponseBytes), options.MaxResponseBytes, 1, Array.MaxLength),
    ];

    private static IEnumerable<string?> Times(BusinessCentralOptions options) =>
    [
        OptionRules.Outside(nameof(options.ChangeOverlap), options.ChangeOverlap, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        OptionRules.Outside(nameof(options.ClockMargin), options.ClockMargin, TimeSpan.Zero, TimeSpan.FromDays(1)),
        OptionRules.Outside(nameof(options.LimitWindow), options.LimitWindow, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1)),
        OptionRules.Outside(nameof(options.RequestTimeout), options.RequestTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1)),
    ];
}
