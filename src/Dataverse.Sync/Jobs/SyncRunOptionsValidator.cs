namespace Dataverse.Sync;

/// <summary>Checks the options of a run and reports all problems in one message.</summary>
internal static class SyncRunOptionsValidator
{
    /// <summary>Returns the options of a run that is about to start, or the default ones for null.</summary>
    /// <exception cref="SyncConfigurationException">An option is invalid; every problem is named.</exception>
    public static SyncRunOptions Validate(SyncRunOptions? options)
    {
        if (options is null)
        {
            return SyncRunOptions.Default;
        }

        var problems = new OptionProblems($"{nameof(SyncRunOptions)}.");
        problems.RequireLeast(options.PageSize ?? 1, 1, nameof(options.PageSize));
        problems.RequireDefined(options.FirstSynchronization ?? default, nameof(options.FirstSynchronization));
        problems.RequireDefined(options.UpdateConflictPolicy ?? default, nameof(options.UpdateConflictPolicy));
        problems.RequireDefined(options.CascadePolicy ?? default, nameof(options.CascadePolicy));
        problems.ThrowIfAny();
        return options;
    }
}
