namespace Dataverse.Sync.Suggestions;

/// <summary>Finds pairs of fields that seem to hold the same information.</summary>
internal sealed class SuggestionSearch(
    TableSchema local,
    TableSchema integration,
    SyncDirection direction,
    IReadOnlyList<IIntegrationTableMapping> mappings)
{
    private const double LeastScore = 0.5;

    // A field that may be cut is less likely the one that is meant.
    private const double Shorter = 0.98;

    /// <summary>Returns the best pairs first. No field is in two of them.</summary>
    /// <param name="isFree">Whether a field of a side may be suggested.</param>
    public IReadOnlyList<FieldMappingSuggestion> Find(Func<SyncSide, string, bool> isFree)
    {
        var right = FieldsOf(SyncSide.Integration, integration, isFree);
        var pairs = FieldsOf(SyncSide.Local, local, isFree)
            .SelectMany(left => right.Select(other => Compare(left, other)))
            .OfType<FieldMappingSuggestion>()
            .OrderByDescending(pair => pair.Score)
            .ThenBy(pair => pair.Reason)
            .ThenBy(pair => pair.Local.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Integration.Name, StringComparer.Ordinal);
        var (taken, found) = (new HashSet<FieldSchema>(ReferenceEqualityComparer.Instance), new List<FieldMappingSuggestion>());
        foreach (var pair in pairs)
        {
            if (!taken.Contains(pair.Local) && !taken.Contains(pair.Integration))
            {
                taken.UnionWith([pair.Local, pair.Integration]);
                found.Add(pair);
            }
        }

        return found;
    }

    private List<NamedField> FieldsOf(SyncSide side, TableSchema table, Func<SyncSide, string, bool> isFree) =>
    [
        .. table.Fields
            .Where(field => IsCandidate(side, table, field) && isFree(side, field.Name))
            .Select(field => new NamedField(field, new FieldName(field, table.Name))),
    ];

    // A field that cannot be written although its table can is computed by the system. It serves a mapping that only reads it.
    private bool IsCandidate(SyncSide side, TableSchema table, FieldSchema field) =>
        field.CanRead
        && field.Name != table.KeyField
        && field.Name != table.MergeFields?.Survivor
        && field.Name != table.MergeFields?.Flag
        && (!table.IsWritable || !direction.ReachesSide(side) || field.CanInsert || field.CanUpdate);

    private FieldMappingSuggestion? Compare(NamedField left, NamedField right)
    {
        var (score, reason) = left.Name.CompareWith(right.Name);
        if (score == 0 || DirectionOf(left.Field, right.Field) is not { } possible)
        {
            return null;
        }

        var lookup = LookupOf(left.Field, right.Field);
        score *= lookup is null ? TypeAgreement.Of(left.Field, right.Field) : 1;
        var losses = lookup is null ? LossesOf(left.Field, right.Field, possible) : [];
        score *= losses.Any(loss => loss.Kind == SuggestedLossKind.Cut) ? Shorter : 1;
        return score < LeastScore ? null : new()
        {
            Local = left.Field,
            Integration = right.Field,
            Score = Math.Round(score, 3),
            Reason = reason,
            Direction = possible,
            Losses = losses,
            Lookup = lookup,
        };
    }

    private SyncDirection? DirectionOf(FieldSchema left, FieldSchema right) =>
        (IsTarget(SyncSide.Local, local, left), IsTarget(SyncSide.Integration, integration, right)) switch
        {
            (true, true) => SyncDirection.Bidirectional,
            (true, false) => SyncDirection.FromIntegrationTable,
            (false, true) => SyncDirection.ToIntegrationTable,
            _ => null,
        };

    private bool IsTarget(SyncSide side, TableSchema table, FieldSchema field) =>
        direction.ReachesSide(side) && table.IsWritable && (field.CanInsert || field.CanUpdate);

    private static List<SuggestedLoss> LossesOf(FieldSchema left, FieldSchema right, SyncDirection possible)
    {
        var found = new List<SuggestedLoss>();
        if (possible.ReachesSide(SyncSide.Integration))
        {
            found.AddRange(TypeAgreement.LossesOf(left, right).Select(kind => new SuggestedLoss(SyncSide.Integration, kind)));
        }

        if (possible.ReachesSide(SyncSide.Local))
        {
            found.AddRange(TypeAgreement.LossesOf(right, left).Select(kind => new SuggestedLoss(SyncSide.Local, kind)));
        }

        return found;
    }

    // An id or a reference here, and there a reference to a table that mappings synchronize.
    private LookupMapping? LookupOf(FieldSchema left, FieldSchema right)
    {
        if (right.Type != FieldType.Reference || left.Type is not (FieldType.Identifier or FieldType.Reference))
        {
            return null;
        }

        var via = mappings
            .Where(mapping => right.ReferencedTables.Contains(mapping.IntegrationTable, StringComparer.Ordinal)
                && (left.ReferencedTables.Count == 0 || left.ReferencedTables.Contains(mapping.LocalTable, StringComparer.Ordinal)))
            .Select(mapping => mapping.Name)
            .ToList();
        return via.Count == 0 ? null : new() { Via = via };
    }

    private sealed record NamedField(FieldSchema Field, FieldName Name);
}
