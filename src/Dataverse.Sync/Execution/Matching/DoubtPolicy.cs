namespace Dataverse.Sync.Execution;

/// <summary>How a run treats records whose partner is doubtful.</summary>
/// <param name="Asks">Whether they are left to a person. Otherwise they count as records without a match.</param>
/// <param name="HoldsUncoupled">Whether a record that was uncoupled is left to a person whatever matches.</param>
/// <param name="RemembersPartners">Whether a pair that a filter separated is coupled again.</param>
internal readonly record struct DoubtPolicy(bool Asks, bool HoldsUncoupled, bool RemembersPartners)
{
    /// <summary>The policy of a run. A person who tries named records again wants them to be matched anew.</summary>
    public static DoubtPolicy Of(RunSettings settings) => new(
        settings.Mapping.Mapping.DoubtfulMatchPolicy == DoubtfulMatchPolicy.Ask,
        !settings.CreatesDoubtful
            && !(settings.Kind == SyncJobKind.Records && settings.Options.RetriesAllFailures),
        !settings.CreatesDoubtful);
}
