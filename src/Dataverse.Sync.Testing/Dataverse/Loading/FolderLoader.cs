using System.Collections.Immutable;
using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Loads a folder of files that are named by entity set, each <c>{"value":[…]}</c> with rows as the Web API prints
/// them. Ids, time stamps and versions are preserved.
/// </summary>
internal sealed class FolderLoader(DataverseStore store)
{
    private const string LookupTable = "@" + AnnotationFilter.LookupLogicalName;

    /// <exception cref="InvalidDataException">A file does not have the expected shape.</exception>
    public async Task LoadAsync(string folder, CancellationToken cancellationToken)
    {
        var rows = new List<DataverseRow>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (!store.Schema.TryGetBySet(Path.GetFileNameWithoutExtension(file), out var table))
            {
                continue;
            }

            var stream = File.OpenRead(file);
            await using (stream.ConfigureAwait(false))
            {
                using var document = await JsonDocument.ParseAsync(stream, default, cancellationToken)
                    .ConfigureAwait(false);
                rows.AddRange(Rows(table, document.RootElement, file));
            }
        }

        var last = store.LastVersion;
        rows = [.. rows.OrderBy(row => row.Version).ThenBy(row => row[SystemColumns.ModifiedOn] as DateTimeOffset?)
            .Select(row => row.Version > 0 ? row : row with { Version = ++last })];
        store.RaiseVersion(rows.Select(row => row.Version).Append(last).Max());
        store.Replace(state => Put(state, rows));
    }

    private static DatabaseState Put(DatabaseState state, List<DataverseRow> rows)
    {
        foreach (var table in rows.Select(row => row.Table).Distinct())
        {
            state = InitialRows.Remove(state, table);
        }

        foreach (var row in rows)
        {
            state = state.With(state[row.Table].With(row));
        }

        return OrganizationOf(state, rows);
    }

    // The files do not contain the organization; the rows are sufficient to reconstruct it.
    private static DatabaseState OrganizationOf(DatabaseState state, List<DataverseRow> rows)
    {
        var id = rows.Select(row => row["organizationid"]).OfType<DataverseReference>().FirstOrDefault()?.Id;
        var baseCurrency = rows.FirstOrDefault(
            row => row.Table == "transactioncurrency" && row[SystemColumns.ExchangeRate] is 1m);
        var present = state["organization"].Rows.Values.Single();
        var organization = new DataverseRow(present.Table, id ?? present.Id, present.Version, present.Values);
        if (baseCurrency is not null)
        {
            organization = organization.With(
                "basecurrencyid", new DataverseReference(baseCurrency.Table, baseCurrency.Id))
                .With("basecurrencysymbol", baseCurrency["currencysymbol"])
                .With("basecurrencyprecision", baseCurrency["currencyprecision"]);
        }

        state = state.With(new TableState { Schema = state.Schema["organization"] }.With(organization));

        var unit = state["businessunit"].Rows.Values.OrderBy(row => row.Version)
            .FirstOrDefault(row => row["parentbusinessunitid"] is null);
        return unit is null || state.Find("team", InitialRows.Team) is not { } team
            ? state
            : state.With(
                state["team"].With(
                    team.With("businessunitid", new DataverseReference("businessunit", unit.Id))
                        .With("name", unit["name"])));
    }

    private static IEnumerable<DataverseRow> Rows(DataverseTableSchema table, JsonElement root, string file)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("value", out var value)
            || value.ValueKind is not JsonValueKind.Array)
        {
            throw new InvalidDataException($"The file '{Path.GetFileName(file)}' has no array 'value'.");
        }

        return value.EnumerateArray().Select(item => Row(table, item, file));
    }

    private static DataverseRow Row(DataverseTableSchema table, JsonElement item, string file)
    {
        if (!item.TryGetProperty(table.Key, out var key) || !key.TryGetGuid(out var id))
        {
            throw new InvalidDataException($"A row in '{Path.GetFileName(file)}' has no '{table.Key}'.");
        }

        var version = item.TryGetProperty(SystemColumns.VersionNumber, out var number) ? number.GetInt64() : 0;
        var values = ImmutableDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var column in table.Columns.Where(
            column => column.Name != table.Key && column.Name != SystemColumns.VersionNumber))
        {
            if (Value(column, item) is { } value)
            {
                values[column.Name] = value;
            }
        }

        return new DataverseRow(table.LogicalName, id, version, values.ToImmutable());
    }

    // A column that is missing in the file has its default; a column with null is empty.
    private static object? Value(DataverseColumn column, JsonElement item)
    {
        if (!item.TryGetProperty(column.PropertyName, out var value))
        {
            return column.Default;
        }

        if (!column.IsLookup || value.ValueKind is JsonValueKind.Null)
        {
            return JsonValueReader.Read(column, value);
        }

        var table = item.TryGetProperty(column.PropertyName + LookupTable, out var given)
            ? given.GetString()!
            : column.Targets[0].Table;
        return new DataverseReference(table, value.GetGuid());
    }
}
