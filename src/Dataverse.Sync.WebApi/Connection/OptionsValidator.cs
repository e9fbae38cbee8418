using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Checks the options and reports all problems in one message.</summary>
internal static class OptionsValidator
{
    private const BypassedLogic AllLogic = BypassedLogic.Synchronous | BypassedLogic.Asynchronous;

    /// <summary>Checks the options.</summary>
    /// <exception cref="SyncConfigurationException">Options are missing or invalid; the message names each.</exception>
    public static void Validate(WebApiOptions options)
    {
        IEnumerable<string?> all = [.. Addresses(options), .. Numbers(options), .. Times(options), .. Features(options)];
        var problems = all.OfType<string>().ToList();
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }
    }

    private static IEnumerable<string?> Addresses(WebApiOptions options) =>
    [
        OriginGuard.ProblemOf(options.EnvironmentUrl) is { } problem ? $"{nameof(options.EnvironmentUrl)}: {problem}" : null,
        IsVersion(options.ApiVersion) ? null : $"{nameof(options.ApiVersion)} must have the form 9.2.",
        OptionRules.Missing(nameof(options.AccessToken), options.AccessToken),
        OptionRules.Missing(nameof(options.Name), options.Name),
        OptionRules.Blank(nameof(options.Account), options.Account),
    ];

    private static IEnumerable<string?> Numbers(WebApiOptions options) =>
    [
        OptionRules.Outside(nameof(options.PageSize), options.PageSize, 1, 5_000),
        OptionRules.Outside(nameof(options.CreateBatchSize), options.CreateBatchSize, 1, 1_000),
        OptionRules.Outside(nameof(options.UpdateBatchSize), options.UpdateBatchSize, 1, 1_000),
        OptionRules.Outside(nameof(options.MaxConcurrency), options.MaxConcurrency, 1, 52),
        OptionRules.Outside(nameof(options.RequestLimit), options.RequestLimit, 1, int.MaxValue),
        OptionRules.Outside(nameof(options.MaxRetries), options.MaxRetries, 0, 100),
        OptionRules.Outside(nameof(options.MaxResponseBytes), options.MaxResponseBytes, 1024 * 1024, int.MaxValue / 2),
    ];

    private static IEnumerable<string?> Times(WebApiOptions options)
    {
        var shortest = TimeSpan.FromMilliseconds(1);
        var day = TimeSpan.FromDays(1);
        return
        [
            OptionRules.Outside(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            OptionRules.Outside(nameof(options.RequestTimeout), options.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            OptionRules.Outside(nameof(options.ExecutionTimeLimit), options.ExecutionTimeLimit, shortest, day),
            OptionRules.Outside(nameof(options.LimitWindow), options.LimitWindow, shortest, day),
            OptionRules.Outside(nameof(options.ModifiedOnOverlap), options.ModifiedOnOverlap, TimeSpan.Zero, day),
        ];
    }

    private static IEnumerable<string?> Features(WebApiOptions options) =>
    [
        OptionRules.Undefined<ChangeTracking>(nameof(options.ChangeTracking), options.ChangeTracking),
        OptionRules.Undefined(nameof(options.FullNameConvention), options.FullNameConvention),
        (options.BypassedLogic & ~AllLogic) == 0
            ? null
            : $"{nameof(options.BypassedLogic)} has the undefined value {options.BypassedLogic}.",
        OptionRules.Tables(nameof(options.WritableFullNames), options.WritableFullNames),
        OptionRules.Tag(nameof(options.Tag), options.Tag),
    ];

    private static bool IsVersion(string? text) =>
        Version.TryParse(text, out var version) && text == version.ToString(2);
}
