namespace Dataverse.Sync.HttpHarness;

/// <summary>The verdict on one field of a record: each last edit is what both sides show, or is kept in a conflict.</summary>
internal sealed class FieldVerdict(
    EditLog log, string marker, FieldPair field, (ShownRow Local, ShownRow Integration) pair, IReadOnlyList<KeptValue> kept)
{
    private readonly object? local = pair.Local.Values[field];
    private readonly object? integration = pair.Integration.Values[field];
    private readonly IReadOnlyList<Edit> edits =
        [.. log.Edits.Where(edit => edit.Marker == marker && edit.Field == field && !IsEmptyCreation(edit))];

    /// <summary>Whether the outcome of a write to one of the two records was ever uncertain.</summary>
    public bool HasUncertainWrite { get; init; }

    public IEnumerable<string> Reach()
    {
        var live = Live().ToList();
        if (field.IsOneWay)
        {
            return OneWay(live.LastOrDefault(edit => edit.Side == SyncSide.Local));
        }

        if (IsOpen())
        {
            return live.Where(edit => !Copies.IsSame(field, Shown(edit.Side), edit.Value) && !IsKept(edit))
                .Select(edit => Tell($"the edit {edit} is gone although its conflict is open"));
        }

        if (!Copies.Agree(field, local, integration))
        {
            return [Tell("the sides differ")];
        }

        var winners = live.Where(IsShown).ToList();
        var lost = live.Where(edit => !IsShown(edit) && !IsKept(edit)).Select(edit => Tell($"the edit {edit} is lost"));
        return live.Count > 0 && winners.Count == 0 && !WasChosen() && !IsOlderValue() && !IsLastOfASide()
            ? [.. lost, Tell("no user entered what the sides show")]
            : lost;
    }

    private IEnumerable<string> OneWay(Edit? last)
    {
        if (last is null)
        {
            return [];
        }

        return Copies.IsSame(field, local, last.Value)
            ? Copies.IsCopy(field, SyncSide.Integration, last.Value, integration) || log.Edits.Any(IsTargetEdit)
                ? []
                : [Tell($"the edit {last} did not arrive")]
            : [Tell($"the source of the one-way field is not {last}")];
    }

    private bool IsTargetEdit(Edit edit) => edit.Marker == marker && edit.Field == field && edit.Side == SyncSide.Integration;

    // The last edit of each side, unless a user of the other side saw it and replaced it.
    private IEnumerable<Edit> Live()
    {
        var lasts = edits.GroupBy(edit => edit.Side).Select(side => side.Last()).OrderBy(edit => edit.Order).ToList();
        return lasts.Where(edit => !IsReturn(edit) && !IsWeak(edit) && !edits.Any(later => Replaces(later, edit)));
    }

    // A field that has its old value again was not edited, for all that anybody can see between two runs.
    private bool IsReturn(Edit edit) => edits.Any(earlier => earlier.Order < edit.Order && earlier.Side == edit.Side
        && !earlier.IsCreation && Copies.IsSame(field, earlier.Before, edit.Value)) || IsReturnDuringWrite(edit);

    // Nobody can tell whether a write of unknown outcome was executed if the field contains what it contained before.
    private bool IsReturnDuringWrite(Edit edit) => HasUncertainWrite && edits.Any(earlier =>
        earlier.Order < edit.Order && earlier.Side != edit.Side && Copies.IsCopy(field, edit.Side, earlier.Value, edit.Value));

    // A run between an edit and its return has seen both.
    private bool IsLastOfASide() => edits.GroupBy(edit => edit.Side).Any(side => IsShown(side.Last()));

    private bool IsOlderValue() => edits.Any(IsWeak)
        && edits.Any(edit => Copies.IsCopy(field, SyncSide.Integration, edit.Value, integration));

    // In a first merge a blank never wins over a value, not even one that a run before it has written.
    private bool IsWeak(Edit edit) => edit.Value is null or 0m
        && log.Edits.Where(other => other.Marker == marker && other.IsCreation).Select(other => other.Side).Distinct().Count() == 2;

    private bool Replaces(Edit later, Edit edit) =>
        later.Order > edit.Order && later.Side != edit.Side && !later.IsCreation
        && Copies.IsCopy(field, later.Side, edit.Value, later.Before);

    private bool IsShown(Edit edit)
    {
        var other = edit.Side == SyncSide.Local ? SyncSide.Integration : SyncSide.Local;
        return Copies.IsSame(field, Shown(edit.Side), edit.Value) && Copies.IsCopy(field, other, edit.Value, Shown(other));
    }

    private object? Shown(SyncSide side) => side == SyncSide.Local ? local : integration;

    private bool IsKept(Edit edit) => kept.Any(value =>
        value.Field == field && value.Side == edit.Side && IsPair(value) && Copies.IsSame(field, value.Value, edit.Value));

    // A person may choose a value in a conflict that a user has replaced in the meantime.
    private bool WasChosen() => kept.Any(value => value.Field == field && !value.IsOpen && IsPair(value)
        && Copies.IsSame(field, value.Value, Shown(value.Side)));

    private bool IsOpen() => kept.Any(value => value.Field == field && value.IsOpen && IsPair(value));

    private bool IsPair(KeptValue value) => value.LocalId == pair.Local.Id || value.IntegrationId == pair.Integration.Id;

    private static bool IsEmptyCreation(Edit edit) => edit is { IsCreation: true, Value: null or 0m };

    private string Tell(string what) => string.Join(
        Environment.NewLine,
        [
            $"{marker}.{field.Local}: {what}; local {RowValues.Print(local)}, integration {RowValues.Print(integration)}",
            .. edits.Select(edit => $"    {edit}"),
        ]);
}
