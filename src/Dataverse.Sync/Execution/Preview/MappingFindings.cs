namespace Dataverse.Sync.Execution;

/// <summary>Sums up what a preview finds out about one mapping. It reads nothing itself.</summary>
internal sealed class MappingFindings(CompiledMapping mapping)
{
    private readonly Dictionary<(MatchSource Source, int Place), long> matched = [];
    private readonly Dictionary<RecordKey, SyncError> doubts = [];
    private readonly List<LosingValue> losers = [];
    private readonly Sides<HashSet<Guid>> outside = new([], []);
    private readonly HashSet<SyncSide> scanned = [];

    /// <summary>Takes what a feed delivered.</summary>
    public void TakePage(SyncSide side, IReadOnlyList<TableRecord> records) =>
        outside[side].UnionWith(records.Where(record => mapping.Excludes(side, record)).Select(record => record.Id));

    /// <summary>Takes the records outside the filter that the search for partners has seen, all of them.</summary>
    public void TakeScan(SyncSide side, IReadOnlyCollection<Guid> ids)
    {
        outside[side].UnionWith(ids);
        _ = scanned.Add(side);
    }

    public void TakeDoubt(RecordKey record, SyncError reason) => doubts[record] = reason;

    /// <summary>Takes a pair that was found by matching.</summary>
    public void TakeMatch(MatchOrigin origin)
    {
        var place = origin.Group is { } group ? mapping.MatchGroups.ToList().IndexOf(group) : -1;
        matched[(origin.Source, place)] = matched.GetValueOrDefault((origin.Source, place)) + 1;
    }

    /// <summary>Takes a pair that was synchronized, with the values that its writes replaced.</summary>
    public void TakePair(WrittenPair written, Coupling coupling)
    {
        foreach (var side in Sides.Both)
        {
            _ = doubts.Remove(new(side, coupling.IdOf(side)));
        }

        foreach (var field in written.Plan.Recorded.Where(field => field.Resolution != ConflictResolution.Open))
        {
            var loses = field.Resolution == ConflictResolution.LocalWon ? SyncSide.Integration : SyncSide.Local;
            var values = new Sides<FieldValue>(field.Local, field.Integration);
            losers.Add(new(
                coupling.LocalId, coupling.IntegrationId, field.FieldMapping, loses, values[loses], values[loses.Opposite()]));
        }

        if (written.Pair.IsNewlyCoupled)
        {
            TakeConstants(written, coupling);
        }
    }

    public MappingPreview ToPreview(IReadOnlyList<PlannedOperation> operations)
    {
        long CreatedOn(SyncSide side) => operations.LongCount(operation => operation.Kind == WriteKind.Insert
            && operation.Mapping == mapping.Name && operation.Side == side && operation.Table == mapping.Schema(side).Name);
        return new()
        {
            Mapping = mapping.Name,
            Matched = [.. matched.OrderBy(match => Order(match.Key)).Select(match => new MatchCount(
                match.Key.Source, mapping.MatchGroups.ElementAtOrDefault(match.Key.Place), match.Value))],
            Doubtful = [.. doubts.Values.GroupBy(doubt => (doubt.Code, doubt.Message))
                .Select(group => new DoubtCount(group.Key.Code, group.Key.Message, group.LongCount()))
                .OrderByDescending(doubt => doubt.Count).ThenBy(doubt => doubt.Reason, StringComparer.Ordinal)],
            CreatedLocally = CreatedOn(SyncSide.Local),
            CreatedInIntegration = CreatedOn(SyncSide.Integration),
            LosingValues = losers,
            LocalOutsideFilter = OutsideOn(SyncSide.Local),
            IntegrationOutsideFilter = OutsideOn(SyncSide.Integration),
        };
    }

    // Rules are asked first, then what is remembered, then the match groups in their order.
    private static (int Source, int Place) Order((MatchSource Source, int Place) key) => (key.Source switch
    {
        MatchSource.Rule => 0,
        MatchSource.FormerPartner => 1,
        _ => 2,
    }, key.Place);

    // The feed of a side to which the whole filter is sent shows none of the records outside.
    private long? OutsideOn(SyncSide side)
    {
        var filter = mapping.Filter(side);
        var isSeen = mapping.Reads(side) && !Equals(mapping.FeedFilter(side), filter);
        return filter is null ? 0 : isSeen || scanned.Contains(side) ? outside[side].Count : null;
    }

    private void TakeConstants(WrittenPair written, Coupling coupling)
    {
        foreach (var side in Sides.Both)
        {
            foreach (var constant in mapping.Constants)
            {
                if (constant.Mapping.FieldOn(side) is { } name
                    && written.Plan.WritesTo(side).ValueOf(name) is { } value
                    && mapping.ConstantOf(side, name) == value
                    && written.Pair.On(side) is { } record
                    && record.Layout.IndexOf(name) is >= 0 and var place
                    && !record[place].IsBlank)
                {
                    losers.Add(new(
                        coupling.LocalId, coupling.IntegrationId, constant.Mapping.Key, side, record[place], value));
                }
            }
        }
    }
}
