using System.Globalization;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>Gives rows in the form of the SDK: empty columns are absent, and the key is always there.</summary>
internal sealed class EntityWriter(EmulatedServiceOptions options)
{
    /// <summary>The columns of a set.</summary>
    /// <exception cref="DataverseErrorException">A column is unknown.</exception>
    public static IReadOnlyList<DataverseColumn> ColumnsOf(DataverseTableSchema table, ColumnSet? columns) => columns switch
    {
        null => [],
        { AllColumns: true } => table.Columns,
        _ => [.. columns.Columns.Select(name => table.Find(name) ?? throw Refusals.UnknownColumn(table, name))],
    };

    public Entity Write(DatabaseState state, DataverseRow row, IReadOnlyList<DataverseColumn> columns)
    {
        var table = state.Schema[row.Table];
        var entity = new Entity(row.Table, row.Id)
        {
            RowVersion = table.Definition.OptimisticConcurrency || !options.OmitsVersionsWithoutConcurrency
                ? row.Version.ToString(CultureInfo.InvariantCulture)
                : null,
        };
        entity[table.Key] = row.Id;
        foreach (var column in columns)
        {
            Add(entity, state, table, row, column);
        }

        if (options.AddsCurrencyToMoney && columns.Any(column => column.Type is DataverseColumnType.Money)
            && table.Find(SystemColumns.Currency) is { } currency)
        {
            Add(entity, state, table, row, currency);
        }

        return entity;
    }

    /// <summary>The value of a column as the SDK has it; null for an empty one.</summary>
    public object? ValueOf(DatabaseState state, DataverseTableSchema table, DataverseRow row, DataverseColumn column)
    {
        if (column.Name == table.Key)
        {
            return row.Id;
        }

        return column.Name == SystemColumns.VersionNumber
            ? row.Version
            : state.Hidden.Shown(table.LogicalName, column.Name, row[column.Name]) is { } value ? Shown(state, column, value) : null;
    }

    private void Add(
        Entity entity, DatabaseState state, DataverseTableSchema table, DataverseRow row, DataverseColumn column)
    {
        if (ValueOf(state, table, row, column) is not { } value)
        {
            return;
        }

        entity[column.Name] = value;
        if (row[column.Name] is { } stored
            && FormattedValues.Of(column, stored, row, new RowAccessor(state), state) is { } text)
        {
            entity.FormattedValues[column.Name] = text;
        }
    }

    private object Shown(DatabaseState state, DataverseColumn column, object value) => value switch
    {
        int number when column.Choices.Count > 0 => new OptionSetValue(number),
        string text when column.Type is DataverseColumnType.MultiChoice => new OptionSetValueCollection(
            [.. text.Split(',').Select(part => new OptionSetValue(int.Parse(part, CultureInfo.InvariantCulture)))]),
        decimal number when column.Type is DataverseColumnType.Money => new Money(number + Zero(4)),
        decimal number => number + Zero(column.Precision),
        DateTimeOffset time => time.UtcDateTime,
        DateOnly day => day.ToDateTime(TimeOnly.MinValue, options.DateKind),
        DataverseReference reference => new EntityReference(reference.Table, reference.Id)
        {
            Name = new RowAccessor(state).NameOf(reference),
        },
        _ => value,
    };

    // Adding a zero of a scale gives the sum that scale.
    private static decimal Zero(int scale) => new(0, 0, 0, false, (byte)scale);
}
