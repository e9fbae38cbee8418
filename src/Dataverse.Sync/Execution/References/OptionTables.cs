namespace Dataverse.Sync.Execution;

/// <summary>Reads the tables whose records are options, once per run, and finds the options that belong together.</summary>
internal sealed class OptionTables(Sides<ITableConnector> systems, CompiledMapping mapping)
{
    private readonly Dictionary<CompiledField, Sides<OptionMatcher>> matchers = [];
    private readonly Dictionary<(SyncSide Side, OptionTable Table), OptionList> lists = [];

    /// <summary>Reads the options of a field, unless they are known.</summary>
    public async Task LoadAsync(CompiledField field, CancellationToken cancellationToken)
    {
        if (!matchers.ContainsKey(field))
        {
            var local = await ListAsync(field, SyncSide.Local, cancellationToken).ConfigureAwait(false);
            var integration = await ListAsync(field, SyncSide.Integration, cancellationToken).ConfigureAwait(false);
            var both = new Sides<OptionList>(local, integration);
            matchers[field] = Sides.Of(side => new OptionMatcher(field.Mapping.Options!, both, side));
        }
    }

    /// <summary>The options that belong together; null if they were not read.</summary>
    public OptionMatcher? Find(CompiledField field, SyncSide target) =>
        matchers.TryGetValue(field, out var found) ? found[target] : null;

    private async Task<OptionList> ListAsync(CompiledField field, SyncSide side, CancellationToken cancellationToken)
    {
        if (field.Mapping.Options!.TableOn(side) is not { } table)
        {
            return OptionList.Of(field.On(side));
        }

        if (!lists.TryGetValue((side, table), out var list))
        {
            var query = new FieldQuery { Table = table.Table, Fields = table.Fields, Field = table.CodeField };
            var rows = await systems[side].FindAsync(query, cancellationToken).ConfigureAwait(false);
            list = new($"table '{table.Table}'", [.. rows.Select(row => OptionOf(table, row)).OfType<ChoiceOption>()])
            {
                MaxLength = mapping.SideTables[side].GetValueOrDefault(table.Table)?.Find(table.CodeField)?.MaxLength,
            };
            lists[(side, table)] = list;
        }

        return list;
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
