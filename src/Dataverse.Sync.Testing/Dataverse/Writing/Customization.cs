namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Changes the definitions of tables while the organization is used.</summary>
internal static class Customization
{
    // The numbers of the default publisher's options.
    private const int FirstOption = 100_000_000;

    /// <summary>Replaces the definition of a table.</summary>
    public static void Redefine(
        this DataverseStore store, string table, Func<DataverseTableDefinition, DataverseTableDefinition> change) =>
        store.Replace(state =>
        {
            var definitions = state.Schema.Tables.Select(
                other => other.LogicalName == table ? change(other.Definition) : other.Definition);
            return StandardTables.WithMessages(state.With(new DataverseSchema(definitions)));
        });

    /// <summary>Adds an option to a choice column. Rows can have it, and metadata show it, when it is published.</summary>
    /// <returns>The number of the option.</returns>
    /// <exception cref="DataverseErrorException">There is no such choice column, or the number is in use.</exception>
    public static int AddOption(this DataverseStore store, string table, string column, int? wanted, string label)
    {
        if (!store.Schema.Tables.Any(other => other.LogicalName == table)
            || store.Schema[table].Find(column) is not { Type: DataverseColumnType.Choice, GlobalChoice: null } choice)
        {
            throw DataverseErrors.InvalidArgument($"The attribute '{column}' of '{table}' is not a local choice.");
        }

        var used = choice.Choices.Select(option => option.Value)
            .Concat(store.Unpublished.Where(option => option.Table == table && option.Column == column)
                .Select(option => option.Choice.Value))
            .ToList();
        var value = wanted ?? (Math.Max(FirstOption - 1, used.DefaultIfEmpty().Max()) + 1);
        if (used.Contains(value))
        {
            throw DataverseErrors.InvalidArgument($"The option {value} of '{column}' exists.");
        }

        store.Unpublished = [.. store.Unpublished, new(table, column, new(value, label))];
        return value;
    }

    /// <summary>Publishes what was changed in some tables.</summary>
    public static void Publish(this DataverseStore store, IReadOnlyCollection<string> tables)
    {
        var published = store.Unpublished.Where(option => tables.Contains(option.Table)).ToList();
        store.Unpublished = [.. store.Unpublished.Except(published)];
        foreach (var option in published)
        {
            store.Redefine(option.Table, definition => definition with
            {
                Columns = [.. definition.Columns.Select(column => column.Name == option.Column
                    ? column with { Choices = [.. column.Choices, option.Choice] }
                    : column)],
            });
        }
    }
}
