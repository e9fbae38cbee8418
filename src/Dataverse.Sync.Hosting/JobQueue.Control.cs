namespace Dataverse.Sync.Hosting;

/// <content>What a person or a webhook does with entries.</content>
public sealed partial class JobQueue
{
    /// <summary>Puts an entry on hold. A run in process goes on to its end.</summary>
    /// <remarks>Business Central: Set On Hold.</remarks>
    /// <param name="entry">
    /// The name of the entry, which is that of its mapping, compared without regard to letter case.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entry as it is now.</returns>
    /// <exception cref="SyncConfigurationException">There is no such entry.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public Task<JobQueueEntry> HoldAsync(string entry, CancellationToken cancellationToken = default) =>
        ChangeAsync(entry, (known, _) => EntryTransitions.Hold(known), cancellationToken);

    /// <summary>Makes an entry ready that is on hold, sleeps, or is in error. It starts at once.</summary>
    /// <remarks>Business Central: Set Status to Ready, Restart.</remarks>
    /// <param name="entry">The name of the entry, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entry as it is now.</returns>
    /// <exception cref="SyncConfigurationException">There is no such entry.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public Task<JobQueueEntry> ResumeAsync(string entry, CancellationToken cancellationToken = default) =>
        ChangeAsync(entry, EntryTransitions.Resume, cancellationToken);

    /// <summary>
    /// Makes an entry due. One that is on hold is run once and is then on hold again; one in error has one more attempt.
    /// </summary>
    /// <remarks>The entry runs with the next look for due entries; this method does not wait for it.</remarks>
    /// <param name="entry">The name of the entry, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entry as it is now.</returns>
    /// <exception cref="SyncConfigurationException">There is no such entry.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public Task<JobQueueEntry> RunNowAsync(string entry, CancellationToken cancellationToken = default) =>
        ChangeAsync(entry, EntryTransitions.RunNow, cancellationToken);

    /// <summary>Tells that something has changed in a table, so that its mapping is worth a run.</summary>
    /// <remarks>
    /// The entry starts after <see cref="JobQueueOptions.WakeDelay"/>, unless it would start about then anyway, is on
    /// hold, or is in error. A wake-up that is lost, doubled, or wrong changes nothing but when a run starts.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entry as it is now.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public Task<JobQueueEntry> WakeAsync(string mapping, CancellationToken cancellationToken = default) => ChangeAsync(
        mapping, (known, now) => EntryTransitions.Wake(known, now, Parts.Settings.WakeDelay), cancellationToken);

    /// <summary>
    /// Asks for one full synchronization of mappings, which begins with the next look for due entries.
    /// </summary>
    /// <remarks>
    /// Each mapping gets an entry that runs once. Until it has ended, the recurring entry of the mapping is on hold;
    /// then it gets its former state back. A full synchronization of a mapping that has not begun yet is replaced.
    /// </remarks>
    /// <param name="mappings">
    /// The names of the mappings, compared without regard to letter case; null for all that are switched on.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entries of the full synchronization.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public async Task<IReadOnlyList<JobQueueEntry>> SynchronizeFullAsync(
        IReadOnlyCollection<string>? mappings = null, CancellationToken cancellationToken = default)
    {
        var names = mappings is null
            ? engine.Mappings.All.Where(mapping => mapping.IsEnabled).Select(mapping => mapping.Name).ToList()
            : [.. mappings.Select(name => engine.Mappings[name].Name).Distinct(StringComparer.Ordinal)];
        var claims = Parts.Claims;
        var states = await claims.OpenAsync(cancellationToken).ConfigureAwait(false);
        var asked = new List<JobQueueEntry>();
        foreach (var name in names)
        {
            var entry = await states.ChangeAsync(
                EntryNames.Full(name), (known, now) => EntryTransitions.AskFull(known, name, now), cancellationToken)
                .ConfigureAwait(false);
            asked.Add(Describe(claims, entry!));
        }

        _ = await claims.RefreshAsync(states, cancellationToken).ConfigureAwait(false);
        return asked;
    }

    private async Task<JobQueueEntry> ChangeAsync(
        string name,
        Func<StoredJobQueueEntry, DateTimeOffset, StoredJobQueueEntry> change,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var claims = Parts.Claims;
        var states = await claims.OpenAsync(cancellationToken).ConfigureAwait(false);
        var entries = await claims.RefreshAsync(states, cancellationToken).ConfigureAwait(false);
        var found = entries.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SyncConfigurationException([$"There is no job queue entry named '{name}'."]);
        var changed = await states.ChangeAsync(
            found.Name, (known, now) => known is null ? null : change(known, now), cancellationToken).ConfigureAwait(false);
        return Describe(claims, changed ?? found);
    }
}
