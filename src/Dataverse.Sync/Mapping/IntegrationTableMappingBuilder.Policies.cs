namespace Dataverse.Sync;

/// <content>Filters left, conflicts, deletions, order, and rules.</content>
public sealed partial class IntegrationTableMappingBuilder
{
    /// <summary>
    /// Sets what happens to a pair while one of its records is outside the mapping's filter. The default is
    /// <see cref="OutsideFilterPolicy.Follow"/> where the mapping synchronizes a field that the filter reads, and
    /// <see cref="OutsideFilterPolicy.Wait"/> otherwise.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder WhenOutsideFilter(OutsideFilterPolicy policy) =>
        Change(mapping with { OutsideFilterPolicy = policy });

    /// <summary>
    /// Sets whether runs of modified records leave uncoupled records without a match alone. The default is true.
    /// </summary>
    /// <param name="onlyCoupled">False to create such records on the other side.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder OnlyCoupledRecords(bool onlyCoupled) =>
        Change(mapping with { SynchronizesOnlyCoupledRecords = onlyCoupled });

    /// <summary>
    /// Sets what happens when a field was changed on both sides. The default is
    /// <see cref="UpdateConflictPolicy.None"/>.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder OnUpdateConflict(UpdateConflictPolicy policy) =>
        Change(mapping with { UpdateConflictPolicy = policy });

    /// <summary>
    /// Sets what happens when one record of a pair was deleted. The default is <see cref="DeletionPolicy.None"/>.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder OnDeletion(DeletionPolicy policy) =>
        Change(mapping with { DeletionPolicy = policy });

    /// <summary>
    /// Sets what happens if a deletion by the engine would make the system delete coupled records that nobody deleted, such
    /// as the contacts of an account. The default is <see cref="CascadePolicy.Ask"/>.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>A builder with the change.</returns>
    public IntegrationTableMappingBuilder OnCascade(CascadePolicy policy) =>
        Change(mapping with { CascadePolicy = policy });

    /// <summary>
    /// Sets the share of all couplings for which one run may draw a conclusion from a missing record. The default is 0.1.
    /// </summary>
    /// <param name="share">A share from 0 to 1; see <see cref="IIntegrationTableMapping.MaximumDeletionShare"/>.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder MaximumDeletionShare(double share) =>
        Change(mapping with { MaximumDeletionShare = share });

    /// <summary>
    /// Sets the interval of the scans for deletions on a side that does not report them. The default is one day.
    /// </summary>
    /// <param name="interval">The interval; zero scans in every run. Must not be negative.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder ScanForDeletionsEvery(TimeSpan interval) =>
        Change(mapping with { DeletionScanInterval = interval });

    /// <summary>
    /// Adds mappings that run before this one when several are run. Business Central: Dependency Filter.
    /// </summary>
    /// <param name="mappings">The names of the mappings.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="mappings"/> is null.</exception>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder DependsOn(params IReadOnlyList<string> mappings)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        foreach (var name in mappings)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(mappings));
        }

        var all = mapping.Dependencies.Union(mappings, StringComparer.OrdinalIgnoreCase);
        return Change(mapping with { Dependencies = [.. all] });
    }

    /// <summary>Sets when failed records are tried again.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="policy"/> is null.</exception>
    public IntegrationTableMappingBuilder Retry(RetryPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Change(mapping with { RetryPolicy = policy });
    }

    /// <summary>
    /// Sets the time zone in which instants have a date, for fields that join a date with an instant and name none.
    /// </summary>
    /// <param name="id">
    /// The id of the time zone, such as "Europe/Amsterdam" or "UTC". Windows ids work on every system as well.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is null, empty, or white space.</exception>
    /// <exception cref="TimeZoneNotFoundException">The system knows no such time zone.</exception>
    public IntegrationTableMappingBuilder InTimeZone(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return Change(mapping with { TimeZone = TimeZones.Find(id) });
    }

    /// <summary>Adds a rule that is called for the records of this mapping only.</summary>
    /// <param name="rule">The rule. It serves all runs and must be safe for concurrent use.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public IntegrationTableMappingBuilder AddRule(ISyncRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Change(mapping with { Rules = [.. mapping.Rules, rule] });
    }
}
