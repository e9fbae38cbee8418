using System.Globalization;
using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService;

/// <summary>The columns of one read, and how the rows that it returns become records.</summary>
internal sealed class Selection
{
    private readonly ColumnSelection selection;
    private readonly Column[] fields;

    private Selection(ColumnSelection selection)
    {
        this.selection = selection;
        fields = [.. selection.Layout.Fields.Select(field => selection.Table.Columns[field])];
    }

    public TableDefinition Table => selection.Table;

    /// <summary>The operation for messages.</summary>
    public string Operation => $"read '{Table.Name}'";

    /// <summary>The names of the columns.</summary>
    public IEnumerable<string> Names => selection.Columns.Select(column => column.Name);

    /// <summary>The columns as the service takes them.</summary>
    public ColumnSet ColumnSet => new([.. Names.Concat(VersionColumn).Distinct(StringComparer.Ordinal)]);

    // Where a service does not tell the version of a row beside its columns, this column does.
    private IEnumerable<string> VersionColumn => Table.Columns.ContainsKey(RowVersions.Column) ? [RowVersions.Column] : [];

    /// <summary>Selects fields of a table.</summary>
    /// <exception cref="ConnectorException">The table has no such field.</exception>
    public static Selection Of(TableDefinition table, IEnumerable<string> fields, string connector) =>
        new(ColumnSelection.Of(table, fields, connector));

    /// <summary>Selects nothing but the key.</summary>
    public static Selection OfKey(TableDefinition table) => new(ColumnSelection.OfKey(table));

    /// <summary>The record of a row. An attribute that a row lacks is blank.</summary>
    /// <exception cref="FormatException">The row has no id.</exception>
    public TableRecord Read(Entity? row)
    {
        if (row is null || IdOf(row) is not { } id)
        {
            throw new FormatException("A row has no id.");
        }

        var values = new FieldValue[fields.Length];
        for (var ordinal = 0; ordinal < fields.Length; ordinal++)
        {
            var name = fields[ordinal].Name;
            values[ordinal] = ValueReader.Read(fields[ordinal], name == Table.KeyColumn ? id : Get(row, name));
        }

        var stamp = Get(row, ColumnNames.ModifiedOn) is DateTime instant ? ValueReader.InstantOf(instant) : (DateTimeOffset?)null;
        return new TableRecord(selection.Layout, id, values, VersionOf(row), stamp);
    }

    private static object? Get(Entity row, string column) =>
        row.Attributes is { } attributes && attributes.TryGetValue(column, out var value) ? value : null;

    private Guid? IdOf(Entity row) => row.Id != Guid.Empty ? row.Id
        : Get(row, Table.KeyColumn) is Guid id && id != Guid.Empty ? id
        : null;

    private static string? VersionOf(Entity row)
    {
        var version = row.RowVersion is { Length: > 0 } told ? told
            : Get(row, RowVersions.Column) is long number ? number.ToString(CultureInfo.InvariantCulture)
            : null;
        return version is not null && HeaderValue.IsOne(version) ? RowVersions.ToText(version) : null;
    }
}
