namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the other records of the searching side that match like a record that found a partner, whether or not they are
/// coupled. It asks for their values in bulk.
/// </summary>
internal sealed class LookBack(CompiledMapping mapping, MappingTables tables)
{
    public async Task FindTwinsAsync(
        GroupSearch search, IReadOnlyList<ContestedMatch> contested, CancellationToken cancellationToken)
    {
        var side = search.Source;
        var alike = new Dictionary<Guid, (TableRecord Record, ulong[] Forms)>();
        for (var place = 0; place < search.Group.Fields.Count; place++)
        {
            var values = contested.Where(match => (match.Searched.Present & (1 << place)) != 0)
                .SelectMany(match => search.Forms.OwnQuestionsFor(place, match.Searched.Candidate.Record, side))
                .ToHashSet();
            foreach (var record in await FindAsync(search, place, values, cancellationToken).ConfigureAwait(false))
            {
                alike[record.Id] = (record, search.Forms.Of(record, side));
            }
        }

        var byValue = alike.Values
            .SelectMany(item => item.Forms.Select((form, place) => (Key: (place, form), item)))
            .Where(entry => entry.Key.form is not (0 or Fingerprint.None))
            .ToLookup(entry => entry.Key, entry => entry.item);
        foreach (var match in contested)
        {
            match.Twins = TwinsOf(match.Searched, byValue);
        }
    }

    private async Task<IReadOnlyList<TableRecord>> FindAsync(
        GroupSearch search, int place, HashSet<FieldValue> values, CancellationToken cancellationToken)
    {
        if (values.Count == 0)
        {
            return [];
        }

        var side = search.Source;
        var field = search.Group.Fields[place].On(side);
        var fields = mapping.MatchingFields(side);
        var found = await tables.FindAsync(side, field, values, fields, cancellationToken).ConfigureAwait(false);
        return [.. found.Where(record => !mapping.Excludes(side, record))];
    }

    // A field that only one of the two has does not tell them apart, because a blank field is not compared.
    private static List<MatchHit> TwinsOf(
        SearchedRecord searched, ILookup<(int Place, ulong Form), (TableRecord Record, ulong[] Forms)> byValue)
    {
        var twins = new Dictionary<Guid, MatchHit>();
        var own = searched.Forms;
        for (var place = 0; place < own.Length; place++)
        {
            foreach (var (record, forms) in byValue[(place, own[place])])
            {
                if (record.Id != searched.Candidate.Record.Id && Agree(own, forms))
                {
                    twins[record.Id] = new(record.Id, Fingerprint.OfVersion(record.Version), IsOutside: false);
                }
            }
        }

        return [.. twins.Values];
    }

    private static bool Agree(ulong[] left, ulong[] right)
    {
        for (var place = 0; place < left.Length; place++)
        {
            if (left[place] != 0 && right[place] != 0 && left[place] != right[place])
            {
                return false;
            }
        }

        return true;
    }
}
