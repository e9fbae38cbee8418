namespace Dataverse.Sync.Execution;

/// <summary>Reads the tables whose records are options, once per run, and finds the options that belong together.</summary>
internal sealed class OptionTables(Sides<ITableConnector> systems, CompiledMapping mapping)
{
    private readonly Dictionary<CompiledField, Sides<OptionMatcher>> matchers = [];
    private readonly Dictionary<(SyncSide Side, OptionTable Table), OptionList> lists = [];

    /// <summary>Reads the options of fields, unless they are known. All tables are read at the same time.</summary>
    public async Task LoadAsync(IEnumerable<CompiledField> fields, CancellationToken cancellationToken)
    {
        var open = fields.Where(field => !matchers.ContainsKey(field)).Distinct().ToList();

        // A table of a required field must be readable, even if an optional field shares it.
        var unread = open.OrderBy(field => field.Mapping.IsOptional)
            .SelectMany(field => Sides.Both.Select(side => (Field: field, Side: side, Table: field.Mapping.Options!.TableOn(side))))
            .Where(item => item.Table is not null && !lists.ContainsKey((item.Side, item.Table)))
            .DistinctBy(item => (item.Side, item.Table))
            .ToList();
        var read = await Task.WhenAll(unread.Select(item => ListAsync(item.Field, item.Side, item.Table!, cancellationToken)))
            .ConfigureAwait(false);
        foreach (var (item, list) in unread.Zip(read))
        {
            lists[(item.Side, item.Table!)] = list;
        }

        foreach (var field in open)
        {
            var both = Sides.Of(side => ListOf(field, side));
            matchers[field] = Sides.Of(side => new OptionMatcher(field.Mapping.Options!, both, side));
        }
    }

    /// <summary>The options that belong together; null if they were not read.</summary>
    public OptionMatcher? Find(CompiledField field, SyncSide target) =>
        matchers.TryGetValue(field, out var found) ? found[target] : null;

    private OptionList ListOf(CompiledField field, SyncSide side) =>
        field.Mapping.Options!.TableOn(side) is { } table ? lists[(side, table)] : OptionList.Of(field.On(side));

    private async Task<OptionList> ListAsync(
        CompiledField field, SyncSide side, OptionTable table, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(field, side, table, cancellationToken).ConfigureAwait(false);
        return new($"table '{table.Table}'", [.. rows.Select(row => OptionOf(table, row)).OfType<ChoiceOption>()])
        {
            MaxLength = mapping.SideTables[side].GetValueOrDefault(table.Table)?.Find(table.CodeField)?.MaxLength,
        };
    }

    // An optional field must not keep its records from running because the caller may not read the table.
    private async Task<IReadOnlyList<TableRecord>> ReadAsync(
        CompiledField field, SyncSide side, OptionTable table, CancellationToken cancellationToken)
    {
        var query = new FieldQuery { Table = table.Table, Fields = table.Fields, Field = table.CodeField };
        try
        {
            return await systems[side].FindAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException failure) when (field.Mapping.IsOptional
            && failure.Failure is (ConnectorFailure.Authorization or ConnectorFailure.NotFound))
        {
            return [];
        }
    }

    // A row that cannot be read is no option. A record that needs it fails, and no other.
    private static ChoiceOption? OptionOf(OptionTable table, TableRecord row)
    {
        var code = ValueOf(row, table.CodeField);
        var key = table.KeyField is { } field ? ValueOf(row, field) : FieldValue.Identifier(row.Id);
        return key.IsBlank || key.Kind == FieldValueKind.Unreadable || code.Kind == FieldValueKind.Unreadable
            ? null
            : new(key, code.ToString());
    }

    private static FieldValue ValueOf(TableRecord row, string field) =>
        row.Layout.IndexOf(field) is >= 0 and var place ? row[place] : FieldValue.Unreadable;
}
