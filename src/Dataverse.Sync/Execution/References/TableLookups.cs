namespace Dataverse.Sync.Execution;

/// <summary>Translates values through tables whose records contain the values of both sides, many at a time.</summary>
internal sealed class TableLookups(Sides<ITableConnector> systems, CompiledMapping mapping)
{
    public async Task<Dictionary<FieldValue, Translation>> ResolveAsync(
        CompiledField field, IReadOnlyCollection<FieldValue> values, SyncSide target, CancellationToken cancellationToken)
    {
        var translations = new Dictionary<FieldValue, Translation>();
        var keys = new Dictionary<FieldValue, FieldValue>();
        foreach (var value in values)
        {
            try
            {
                keys[value] = field.Transform(value, target);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // A rule is user code: whatever it throws is the fault of this value.
                translations[value] = ConversionErrors.TranslationOf(failure, field, target);
            }
        }

        var results = await FindAsync(field, [.. keys.Values.Where(key => !key.IsBlank)], target, cancellationToken)
            .ConfigureAwait(false);
        foreach (var (value, key) in keys)
        {
            translations[value] = Translate(field, key, results[KeyOf(key)], target);
        }

        return translations;
    }

    private async Task<ILookup<string, FieldValue>> FindAsync(
        CompiledField field, HashSet<FieldValue> keys, SyncSide target, CancellationToken cancellationToken)
    {
        var lookup = field.Mapping.TableLookup!;
        var (keyField, resultField) = (lookup.FieldOf(target.Opposite()), lookup.FieldOf(target));
        var schema = mapping.SideTables[lookup.Side].GetValueOrDefault(lookup.Table);
        var filter = FilterBinding.Bind(lookup.Filter, schema);
        var fields = lookup.AllFields(filter?.Fields ?? []).Where(field => field != schema?.KeyField).ToList();
        var rows = keys.Count == 0
            ? []
            : await ReadAsync(lookup, schema, fields, keyField, keys, cancellationToken).ConfigureAwait(false);
        return rows.Where(row => filter?.Matches(row) != false)
            .Select(row => (Key: ValueOf(row, keyField, lookup), Result: ValueOf(row, resultField, lookup)))
            .Where(pair => !pair.Key.IsBlank && pair.Key.Kind != FieldValueKind.Unreadable)
            .ToLookup(pair => KeyOf(pair.Key), pair => pair.Result, StringComparer.OrdinalIgnoreCase);
    }

    private async Task<IReadOnlyList<TableRecord>> ReadAsync(
        TableLookup lookup,
        TableSchema? schema,
        IReadOnlyList<string> fields,
        string keyField,
        HashSet<FieldValue> keys,
        CancellationToken cancellationToken)
    {
        if (keyField == schema?.KeyField)
        {
            Guid[] ids = [.. keys.Select(IdOf).OfType<Guid>().Distinct()];
            var byId = new RecordQuery { Table = lookup.Table, Fields = fields, Ids = ids };
            return ids.Length == 0
                ? []
                : await systems[lookup.Side].ReadByIdAsync(byId, cancellationToken).ConfigureAwait(false);
        }

        var query = new FieldQuery
        {
            Table = lookup.Table,
            Fields = fields,
            Field = keyField,
            Values = [.. keys.Select(key => AsKey(key, schema?.Find(keyField))).Distinct()],
        };
        return await FittingQuestions.AskAsync(systems[lookup.Side], schema, query, cancellationToken).ConfigureAwait(false);
    }

    // A number that is asked for in a text field is a text there, and the other way round.
    private static FieldValue AsKey(FieldValue key, FieldSchema? field)
    {
        try
        {
            return field is null ? key : ValueConversion.ToTypeOf(field, key, field, zone: null, isConverted: true);
        }
        catch (FormatException)
        {
            return key;
        }
    }

    private static Translation Translate(CompiledField field, FieldValue key, IEnumerable<FieldValue> results, SyncSide target)
    {
        if (key.IsBlank)
        {
            return Translation.To(key);
        }

        try
        {
            return Translation.To(field.FitFound(ResultOf(field, key, [.. results.Distinct()], target), target));
        }
        catch (FormatException failure)
        {
            return ConversionErrors.TranslationOf(failure, field, target);
        }
    }

    private static FieldValue ResultOf(CompiledField field, FieldValue key, FieldValue[] results, SyncSide target)
    {
        var lookup = field.Mapping.TableLookup!;
        return results switch
        {
            [{ IsBlank: false, Kind: not FieldValueKind.Unreadable } result] => result,
            [_, _, ..] => throw new UnmappedValueException(
                $"several records of table '{lookup.Table}' have the value in '{lookup.FieldOf(target.Opposite())}', "
                    + $"with different values of '{lookup.FieldOf(target)}'.",
                isLeftOut: false),
            _ => lookup.WhenUnmapped switch
            {
                UnmappedValuePolicy.PassOn => key,
                UnmappedValuePolicy.UseDefault when lookup.DefaultFor(target) is { } fallback => fallback,
                _ => throw new UnmappedValueException(
                    $"no record of table '{lookup.Table}' has the value in '{lookup.FieldOf(target.Opposite())}' and "
                        + $"something in '{lookup.FieldOf(target)}'.",
                    lookup.WhenUnmapped == UnmappedValuePolicy.LeaveOut),
            },
        };
    }

    private FieldValue ValueOf(TableRecord row, string field, TableLookup lookup) =>
        row.Layout.IndexOf(field) is >= 0 and var place ? row[place]
        : field == mapping.SideTables[lookup.Side].GetValueOrDefault(lookup.Table)?.KeyField ? FieldValue.Identifier(row.Id)
        : FieldValue.Unreadable;

    private static Guid? IdOf(FieldValue key) => key.IsId ? key.AsIdentifier()
        : Guid.TryParse(key.ToString(), out var id) ? id
        : null;

    private static string KeyOf(FieldValue key) => key.ToString().Trim();
}
