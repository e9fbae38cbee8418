namespace Dataverse.Sync;

/// <summary>
/// The configuration is invalid, or a call names something that does not exist, such as an unknown mapping.
/// </summary>
/// <remarks>
/// Nothing was changed when this exception is thrown. Validation reports all problems of all mappings in one exception.
/// </remarks>
public sealed class SyncConfigurationException : SyncException
{
    /// <summary>Initializes a new instance of the <see cref="SyncConfigurationException"/> class.</summary>
    /// <param name="problems">The problems, one sentence each.</param>
    /// <exception cref="ArgumentNullException"><paramref name="problems"/> is null.</exception>
    public SyncConfigurationException(IReadOnlyList<string> problems)
        : base(Describe(problems)) => Problems = problems;

    /// <summary>The problems, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static string Describe(IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.Count == 1
            ? problems[0]
            : $"The synchronization configuration is invalid ({problems.Count} problems):{Environment.NewLine}- "
                + string.Join(Environment.NewLine + "- ", problems);
    }
}
