using Dataverse.Sync.Shared;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Checks the options and reports all problems in one message.</summary>
internal static class OptionsValidator
{
    private const BypassedLogic AllLogic = BypassedLogic.Synchronous | BypassedLogic.Asynchronous;

    /// <summary>Checks the options.</summary>
    /// <exception cref="SyncConfigurationException">Options are missing or invalid; the message names each.</exception>
    public static void Validate(OrganizationServiceOptions options)
    {
        IEnumerable<string?> all = [.. Names(options), .. Numbers(options), .. Times(options), .. Features(options)];
        var problems = all.OfType<string>().ToList();
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }
    }

    private static IEnumerable<string?> Names(OrganizationServiceOptions options) =>
    [
        options.EnvironmentUrl is { IsAbsoluteUri: false } ? $"{nameof(options.EnvironmentUrl)} must be absolute." : null,
        OptionRules.Missing(nameof(options.Name), options.Name),
        OptionRules.Blank(nameof(options.Account), options.Account),
    ];

    private static IEnumerable<string?> Numbers(OrganizationServiceOptions options) =>
    [
        OptionRules.Outside(nameof(options.PageSize), options.PageSize, 1, 5_000),
        OptionRules.Outside(nameof(options.CreateBatchSize), options.CreateBatchSize, 1, 1_000),
        OptionRules.Outside(nameof(options.UpdateBatchSize), options.UpdateBatchSize, 1, 1_000),
        OptionRules.Outside(nameof(options.MaxDegreeOfParallelism), options.MaxDegreeOfParallelism ?? 1, 1, 52),
        OptionRules.Outside(nameof(options.RequestLimit), options.RequestLimit, 1, int.MaxValue),
        OptionRules.Outside(nameof(options.MaxRetries), options.MaxRetries, 0, 100),
    ];

    private static IEnumerable<string?> Times(OrganizationServiceOptions options)
    {
        var shortest = TimeSpan.FromMilliseconds(1);
        var day = TimeSpan.FromDays(1);
        return
        [
            OptionRules.Outside(nameof(options.ClientRetryTime), options.ClientRetryTime, TimeSpan.Zero, day),
            OptionRules.Outside(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            OptionRules.Outside(nameof(options.RequestTimeout), options.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            OptionRules.Outside(nameof(options.ExecutionTimeLimit), options.ExecutionTimeLimit, shortest, day),
            OptionRules.Outside(nameof(options.LimitWindow), options.LimitWindow, shortest, day),
            OptionRules.Outside(nameof(options.ModifiedOnOverlap), options.ModifiedOnOverlap, TimeSpan.Zero, day),
        ];
    }

    private static IEnumerable<string?> Features(OrganizationServiceOptions options) =>
    [
        OptionRules.Undefined<ChangeTracking>(nameof(options.ChangeTracking), options.ChangeTracking),
        OptionRules.Undefined(nameof(options.FullNameConvention), options.FullNameConvention),
        (options.BypassedLogic & ~AllLogic) == 0
            ? null
            : $"{nameof(options.BypassedLogic)} has the undefined value {options.BypassedLogic}.",
        OptionRules.Tables(nameof(options.WritableFullNames), options.WritableFullNames),
        OptionRules.Tag(nameof(options.Tag), options.Tag),
    ];
}
