namespace Dataverse.Sync.Execution;

/// <summary>Finds the own company among those of the integration side, and keeps what it found.</summary>
internal sealed class OwnCompanies(Sides<ITableConnector> systems)
{
    private readonly Dictionary<(CompanyColumn Column, string Key), OwnCompany> known = [];

    /// <summary>Finds the company to which a column refers.</summary>
    /// <returns>The company, or null with a problem if there is not exactly one.</returns>
    /// <exception cref="ConnectorException">The companies cannot be read.</exception>
    public async Task<(OwnCompany? Company, string? Problem)> FindAsync(
        CompanyColumn column, FieldValue key, SchemaReader schemas, CancellationToken cancellationToken)
    {
        if (column.CompanyTable is not { } table)
        {
            return (new(key, FieldValue.Blank), null);
        }

        var wanted = (column, key.ToString());
        if (known.TryGetValue(wanted, out var company))
        {
            return (company, null);
        }

        var schema = await schemas.ReadAsync(SyncSide.Integration, table, cancellationToken).ConfigureAwait(false);
        if (ProblemOf(column, key, schema) is { } problem)
        {
            return (null, problem);
        }

        key = column.KeyColumn is { } field ? ToTypeOf(schema!.Find(field)!, key) : key;
        var team = column.TeamColumn is { } name && schema!.Find(name) is { CanRead: true } ? name : null;
        var rows = await ReadAsync(column, key, team, cancellationToken).ConfigureAwait(false);
        if (rows.Count != 1)
        {
            var number = rows.Count == 0 ? "no row" : $"{rows.Count} rows";
            return (null, $"table '{table}' has {number} with '{key}' in column "
                + $"'{column.KeyColumn ?? schema!.KeyField}'. Connect the company there first");
        }

        var found = new OwnCompany(
            FieldValue.Reference(rows[0].Id, table), team is null ? FieldValue.Blank : rows[0][team]);
        known[wanted] = found;
        return (found, null);
    }

    /// <summary>Forgets what was found, because it may have changed.</summary>
    public void Forget() => known.Clear();

    /// <summary>Returns a key as a column of ids stores it. Services tell their ids as text.</summary>
    public static FieldValue ToTypeOf(FieldSchema field, FieldValue key) =>
        field.Type is FieldType.Identifier or FieldType.Reference && ToId(key) is { } id && !key.IsId
            ? FieldValue.Identifier(id)
            : key;

    private static string? ProblemOf(CompanyColumn column, FieldValue key, TableSchema? schema) =>
        schema is null ? $"the table '{column.CompanyTable}' does not exist"
        : column.KeyColumn is { } name && schema.Find(name) is not { CanRead: true }
            ? $"the table '{column.CompanyTable}' has no readable column '{name}'"
        : column.KeyColumn is null && ToId(key) is null ? $"'{key}' is no id of a row of table '{column.CompanyTable}'"
        : null;

    private async Task<IReadOnlyList<TableRecord>> ReadAsync(
        CompanyColumn column, FieldValue key, string? team, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> fields = team is null ? [] : [team];
        if (column.KeyColumn is not { } name)
        {
            var query = new RecordQuery { Table = column.CompanyTable!, Fields = fields, Ids = [ToId(key)!.Value] };
            return await systems.Integration.ReadByIdAsync(query, cancellationToken).ConfigureAwait(false);
        }

        var search = new FieldQuery { Table = column.CompanyTable!, Fields = fields, Field = name, Values = [key] };
        return await systems.Integration.FindAsync(search, cancellationToken).ConfigureAwait(false);
    }

    private static Guid? ToId(FieldValue key) =>
        key.IsId ? key.AsIdentifier() : Guid.TryParse(key.ToString(), out var id) ? id : null;
}
