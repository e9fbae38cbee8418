namespace Dataverse.Sync.Shared;

/// <summary>What an answer tells about the service's load.</summary>
internal sealed record ServiceReport
{
    /// <summary>Whether the service was able to do its work, whatever the result.</summary>
    public bool IsServed { get; init; }

    /// <summary>How many requests the service recommends to have under way.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Which of the service's servers answered.</summary>
    public string? Server { get; init; }

    /// <summary>
    /// What is left of each limit on that server, in the order of <see cref="GovernorSettings.Limits"/>.
    /// </summary>
    public IReadOnlyList<double?> Remaining { get; init; } = [];
}
