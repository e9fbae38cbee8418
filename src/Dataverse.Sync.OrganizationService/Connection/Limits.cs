using Dataverse.Sync.Shared;

namespace Dataverse.Sync.OrganizationService;

/// <summary>The limits of the account, as the governor of its requests needs them.</summary>
internal static class Limits
{
    private const int GreatestParallelism = 52;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The governor of the account, shared with the other connectors of this process.</summary>
    public static RequestGovernor ShareGovernor(
        ServiceSource source, OrganizationServiceOptions options, TimeProvider timeProvider)
    {
        var origin = options.EnvironmentUrl?.Authority ?? source.Host ?? string.Empty;
        return GovernorRegistry.Share(origin, options.Account ?? (object)source.Service, new GovernorSettings
        {
            TimeProvider = timeProvider,
            MaxConcurrency = options.MaxDegreeOfParallelism ?? GreatestParallelism,
            StartConcurrency = source.StartParallelism,
            KeepsToHint = true,
            Limits =
            [
                new() { Unit = LimitUnit.Requests, Amount = options.RequestLimit, Window = options.LimitWindow },
                new() { Unit = LimitUnit.Seconds, Amount = options.ExecutionTimeLimit.TotalSeconds, Window = options.LimitWindow },
            ],
            FirstPause = options.RetryDelay,
            LongestPause = LongestPause,
        });
    }

    /// <summary>What the end of a call tells about the service's load.</summary>
    /// <param name="source">The service.</param>
    /// <param name="isServed">Whether the service was able to do its work, whatever the result.</param>
    public static ServiceReport ReportOf(ServiceSource source, bool isServed) => new()
    {
        IsServed = isServed,
        Concurrency = source.Recommended,
        Remaining = [null, null],
    };
}
