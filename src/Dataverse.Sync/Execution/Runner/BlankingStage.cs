using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Writes the records that were set aside because they lose a value, after all other changes, unless they are too many.
/// </summary>
internal sealed class BlankingStage(
    RunSettings settings,
    MappingCouplings couplings,
    BlankingGuard guard,
    HeldRecords held,
    NamedRecordReader reader,
    Commits commits,
    ILogger logger)
{
    // An error for each record would fill the job log again in every run, until a person decides.
    private const int MaximumErrors = 100;

    /// <summary>Writes the records. They are read again, because they may have changed since.</summary>
    /// <returns>Why the run must stop, or null if it continues.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var records = guard.SetAside.ToList();
        if (records.Count == 0)
        {
            return null;
        }

        var count = await couplings.CountAsync(cancellationToken).ConfigureAwait(false);
        var allowed = MassLimit.Of(count, settings.Mapping.Mapping.MaximumDeletionShare);
        if (records.Count > allowed)
        {
            return await RefuseAsync(records, (long)allowed, cancellationToken).ConfigureAwait(false);
        }

        guard.Open();
        foreach (var group in records.GroupBy(record => record.Side, record => record.Id))
        {
            List<Guid> ids = [.. group];
            var found = await reader.ProcessAsync(group.Key, ids, mayBeGone: true, cancellationToken)
                .ConfigureAwait(false);
            await HoldPartnersAsync(group.Key, ids.FindAll(id => !found.Present.Contains(id)), cancellationToken)
                .ConfigureAwait(false);
        }

        return null;
    }

    // The checkpoint passes a record that one response lacks. Its partner is held, so that the pair fails unless the
    // deletion of the record is proved.
    private async Task HoldPartnersAsync(SyncSide side, List<Guid> missing, CancellationToken cancellationToken)
    {
        foreach (var coupling in await couplings.FindAllAsync(side, missing, cancellationToken).ConfigureAwait(false))
        {
            held.Hold(new(side.Opposite(), coupling.IdOf(side.Opposite())));
        }
    }

    private async Task<string> RefuseAsync(
        IReadOnlyList<RecordKey> records, long allowed, CancellationToken cancellationToken)
    {
        var name = settings.Mapping.Name;
        logger.BlankingFuseBlown(name, records.Count, allowed);
        var unit = commits.Begin();
        foreach (var record in records.Take(MaximumErrors))
        {
            unit.Skip(record, BlankingErrors.Held);
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
        return $"The run would overwrite values of {records.Count} records with blanks, more than the {allowed} that "
            + $"mapping '{name}' allows at once. None of these records was written. Check whether the source can still "
            + "be read, then run again allowing mass blanking.";
    }
}
