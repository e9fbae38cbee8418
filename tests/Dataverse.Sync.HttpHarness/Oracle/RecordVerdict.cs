using System.Text.Json.Nodes;

namespace Dataverse.Sync.HttpHarness;

/// <summary>The verdict on one business record: that it exists once on each side, or is gone for a reason.</summary>
internal sealed class RecordVerdict(
    World world,
    EditLog log,
    string marker,
    Screen screen,
    Statements statements,
    IReadOnlySet<Guid> restored)
{
    private readonly IReadOnlyList<ShownRow> local = [.. screen.Of(marker, SyncSide.Local)];
    private readonly IReadOnlyList<ShownRow> integration = [.. screen.Of(marker, SyncSide.Integration)];
    private readonly IReadOnlyList<Deletion> deletions = [.. log.Deletions.Where(deletion => deletion.Marker == marker)];

    public IEnumerable<string> Reach()
    {
        if (local.Count > 1 || integration.Count > 1)
        {
            return [$"{marker} exists {local.Count} times on the local and {integration.Count} times on the integration side."];
        }

        if (deletions.Count > 0)
        {
            return AfterDeletions();
        }

        if (local.Count + integration.Count < 2)
        {
            return HasFailure() || MayLackItsCompany()
                ? []
                : [$"{marker}, which nobody deleted, exists {local.Count} times on the local and {integration.Count} times on the integration side."];
        }

        return Fields();
    }

    private IEnumerable<string> Fields()
    {
        var pair = (local[0], integration[0]);
        var hasUncertainWrite = world.Line.HasUncertainWrite(local[0].Id) || world.Line.HasUncertainWrite(integration[0].Id);
        return HasFailure() || LacksItsCompany()
            ? []
            : Kinds.Of(marker).Fields.SelectMany(field => new FieldVerdict(log, marker, field, pair, statements.Kept)
            {
                HasUncertainWrite = hasUncertainWrite,
            }.Reach());
    }

    private IEnumerable<string> AfterDeletions()
    {
        var both = local.Count + integration.Count;
        return world.Scenario.DeletionPolicy switch
        {
            DeletionPolicy.DeleteRecord when both == 1 && !HasReason() =>
                [$"{marker} was deleted on one side and is still on the other, without a stated reason."],
            DeletionPolicy.DeleteRecord or DeletionPolicy.None when both == 2 && !WasRestored() =>
                [$"{marker} was deleted and exists again."],
            DeletionPolicy.None when both == 1 && !HasReason() =>
                [$"{marker} was deleted on one side, without a stated failure."],
            DeletionPolicy.RestoreRecords when both == 1 && !HasReason() =>
                [$"{marker} was deleted on one side and not restored, without a stated reason."],
            _ => [],
        };
    }

    private bool HasFailure() => statements.Failures.Any(failure => IsOwn(failure.Record.Id));

    private bool HasReason() => HasFailure() || statements.OpenDeletions.Any(IsOwn)
        || !deletions.Any(deletion => deletion.WasCoupled);

    // A contact whose company is not coupled is skipped.
    private bool MayLackItsCompany() => Kinds.Of(marker) == Kinds.Contact
        && log.Deletions.Any(deletion => Kinds.Of(deletion.Marker) == Kinds.Customer);

    // A contact whose company was deleted on either side is skipped from then on, and its edits stay where they were made.
    private bool LacksItsCompany()
    {
        if (Kinds.Of(marker) != Kinds.Contact)
        {
            return false;
        }

        var contacts = world.Local(Kinds.Contact.LocalTable).Rows;
        var number = Text(contacts.Single(row => row["id"]!.GetValue<Guid>() == local[0].Id), "companyNumber");
        var company = contacts.FirstOrDefault(row => Text(row, "number") == number);
        var hasCustomer = company is not null && screen.Of(Text(company, "website")!, SyncSide.Local).Any();
        var contact = world.Dataverse.Table(Kinds.Contact.IntegrationTable).Rows.Single(row => row.Id == integration[0].Id);
        return !hasCustomer || contact["parentcustomerid"] is null;
    }

    private static string? Text(JsonObject row, string property) => row[property]?.GetValue<string>();

    private bool WasRestored() => restored.Any(IsOwn);

    private bool IsOwn(Guid id) => local.Concat(integration).Any(row => row.Id == id) || deletions.Any(deletion => deletion.Id == id);
}
