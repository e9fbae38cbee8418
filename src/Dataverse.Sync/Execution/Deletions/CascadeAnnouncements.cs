namespace Dataverse.Sync.Execution;

/// <summary>
/// Announces the deletions that a system will carry out by itself because the engine deletes a record, so that the runs of
/// their mappings recognize them, however late they come about.
/// </summary>
internal sealed class CascadeAnnouncements(
    RunSettings settings, MappingCouplings couplings, AnnouncedDeletions announced, PreviewRecorder? preview)
{
    /// <summary>Journals the consequences of a deletion together with it.</summary>
    public void Announce(DeletionDecision decision, UnitOfWork journal)
    {
        foreach (var record in decision.Cascaded)
        {
            journal.Announce(AnnouncementOf(record));
        }
    }

    /// <summary>
    /// Withdraws the announcements of a deletion that was refused. A deletion whose outcome is unknown may have
    /// consequences.
    /// </summary>
    public void Take(DeletionDecision decision, WriteResult result, UnitOfWork unit)
    {
        var mayBeDone = result.Status is WriteStatus.Applied or WriteStatus.NotFound or WriteStatus.Unknown;
        foreach (var record in decision.Cascaded)
        {
            if (!mayBeDone)
            {
                unit.Withdraw(AnnouncementOf(record));
                continue;
            }

            announced.Add(AnnouncementOf(record));
        }

        if (mayBeDone && preview is not null)
        {
            Show(decision, preview);
        }
    }

    private void Show(DeletionDecision decision, PreviewRecorder shown)
    {
        foreach (var record in decision.Cascaded.Concat(decision.AlsoDeleted))
        {
            var table = couplings.Mappings[record.Mapping].Schema(record.Record.Side).Name;
            shown.RecordCascade(record.Mapping, table, record.Record);
        }
    }

    private AnnouncedDeletion AnnouncementOf(RecordInMapping record) =>
        new(record.Mapping, record.Record, settings.Now);
}
