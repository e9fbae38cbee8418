namespace Dataverse.Sync;

/// <summary>The mappings do not fit together or do not fit the tables. All problems are reported at once; nothing was changed.</summary>
public sealed class SyncConfigurationException : SyncException
{
    /// <summary>Makes the exception from the problems found.</summary>
    public SyncConfigurationException(IReadOnlyList<string> problems)
        : base(Describe(problems)) => Problems = problems;

    /// <summary>The problems, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static string Describe(IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.Count == 1
            ? problems[0]
            : $"The synchronization is set up wrongly ({problems.Count} problems):{Environment.NewLine}- " + string.Join(Environment.NewLine + "- ", problems);
    }
}
