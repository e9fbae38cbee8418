namespace Dataverse.Sync.KillTests;

/// <summary>Looks for what people did and were told is done: it is in both services, or in a recorded conflict.</summary>
internal sealed class EditFindings(PairFindings found, StoredState stored, List<string> problems)
{
    private readonly Dictionary<string, SeenRecord> local = ByName(found.Local);
    private readonly Dictionary<string, SeenRecord> integration = ByName(found.Integration);

    public int Lost { get; private set; }

    public void Find(Subject subject)
    {
        var left = local.GetValueOrDefault(subject.Name);
        var right = integration.GetValueOrDefault(subject.Name);
        if (subject.IsDeleted)
        {
            FindInDeleted(subject, left, right);
        }
        else if (left is null || right is null)
        {
            Report($"'{subject.Name}' is missing on the {(left is null ? SyncSide.Local : SyncSide.Integration)} side, and nobody deleted it.");
        }
        else
        {
            FindInLiving(subject, left, right);
        }
    }

    // Two records by one name are told as duplicates elsewhere.
    private static Dictionary<string, SeenRecord> ByName(IEnumerable<SeenRecord> records) =>
        records.GroupBy(record => record.Name).ToDictionary(group => group.Key, group => group.First());

    private void FindInLiving(Subject subject, SeenRecord left, SeenRecord right)
    {
        foreach (var field in subject.Edited)
        {
            var (onLocal, onIntegration) = (left.Values[field.Local], right.Values[field.Integration]);
            var isKept = onLocal == onIntegration
                ? subject.LastEdit(field)!.Value == onLocal
                : subject.LastEdit(field, SyncSide.Local)?.Value == onLocal && subject.LastEdit(field, SyncSide.Integration)?.Value == onIntegration;
            if (!isKept)
            {
                Report($"{field.Local} of '{subject.Name}' is '{onLocal}' and '{onIntegration}'; entered were {string.Join(", ", new[] { SyncSide.Local, SyncSide.Integration }.Select(side => subject.LastEdit(field, side)))}.");
            }
        }
    }

    private void FindInDeleted(Subject subject, SeenRecord? left, SeenRecord? right)
    {
        foreach (var side in new[] { SyncSide.Local, SyncSide.Integration })
        {
            var (deleted, survivor, other) = side == SyncSide.Local ? (left, right, SyncSide.Integration) : (right, left, SyncSide.Local);
            if (subject.DeletedOn(side) is not { } last)
            {
                continue;
            }

            if (deleted is not null)
            {
                Report($"'{subject.Name}' was deleted on the {side} side and is there again.");
            }
            else if (subject.DeletedOn(other) is null && survivor is null)
            {
                FindEditsLostIn(subject, side, last);
            }
            else if (survivor is not null && !IsDeletionConflict(subject, side, survivor))
            {
                Report($"'{subject.Name}' was deleted on the {side} side and is left over on the other, without a conflict.");
            }
        }
    }

    // What was entered on the other side must have arrived before the deletion, or been overtaken there; else the other record had to stay.
    private void FindEditsLostIn(Subject subject, SyncSide side, SeenRecord last)
    {
        foreach (var field in subject.Edited)
        {
            var name = side == SyncSide.Local ? field.Local : field.Integration;
            if (subject.LastEdit(field)! is { } edit && edit.Side != side && last.Values[name] != edit.Value)
            {
                Report($"{field.Local} of '{subject.Name}' was entered as '{edit.Value}' on the {edit.Side} side and went with the deletion on the other.");
            }
        }
    }

    private bool IsDeletionConflict(Subject subject, SyncSide side, SeenRecord survivor) => stored.Conflicts[subject.Table.Mapping].Any(conflict =>
        conflict.Kind == (side == SyncSide.Local ? ConflictKind.LocalDeletion : ConflictKind.IntegrationDeletion)
        && survivor.Id == (side == SyncSide.Local ? conflict.IntegrationId : conflict.LocalId));

    private void Report(string problem)
    {
        Lost++;
        problems.Add($"{found.Mapping}: {problem}");
    }
}
