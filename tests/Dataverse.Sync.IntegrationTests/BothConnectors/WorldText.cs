using System.Globalization;
using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.IntegrationTests.BothConnectors;

/// <summary>
/// All rows and couplings of a bench as texts that two benches can be compared by: without the keys, versions, and times
/// that differ between any two runs, and with names in place of references and of the numbers that Business Central gives:
/// it numbers new records in the order in which the messages arrive, and several are under way at once.
/// </summary>
internal static class WorldText
{
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "createdon", "modifiedon", "versionnumber", "id", "lastModifiedDateTime", "@odata.etag", "systemModifiedAt", "systemCreatedAt",
    };

    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal) { "number", "companyNumber", "accountnumber" };

    public static IReadOnlyList<string> DataverseRows(TestBench bench)
    {
        var names = NamesOfNumbers(bench);
        return
        [
            .. bench.Dataverse.Backend.Store.Schema.Tables.Select(table => bench.Dataverse.Table(table.LogicalName))
                .SelectMany(table => table.Rows.Select(row => $"{table.LogicalName}: {Text(bench.Dataverse, row, names)}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    public static IReadOnlyList<string> BusinessCentralRows(TestBench bench)
    {
        var names = NamesOfNumbers(bench);
        return
        [
            .. LocalTables(bench).SelectMany(table => bench.Local(table).Rows.Select(row => $"{table}: {Text(row, names)}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    public static async Task<IReadOnlyList<string>> CouplingsAsync(TestBench bench)
    {
        var names = NamesOfNumbers(bench);
        var texts = new List<string>();
        foreach (var mapping in bench.Engine.Mappings.All)
        {
            await foreach (var coupling in bench.Engine.Couplings.ListAsync(mapping.Name))
            {
                var number = bench.Local(mapping.LocalTable).Get(coupling.LocalId)?["number"]?.ToString();
                var local = number is null ? null : names[number];
                var row = bench.Dataverse.Table(mapping.IntegrationTable).Find(coupling.IntegrationId);
                texts.Add($"{mapping.Name}: {local} and {(row is null ? "nothing" : NameOf(bench.Dataverse, row))}");
            }
        }

        return [.. texts.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> LocalTables(TestBench bench) =>
        bench.Engine.Mappings.All.Select(mapping => mapping.LocalTable).Distinct();

    // A contact may bear the number of a customer; their names are joined, so that a number of the wrong record still shows.
    private static IReadOnlyDictionary<string, string> NamesOfNumbers(TestBench bench) => LocalTables(bench)
        .SelectMany(table => bench.Local(table).Rows.Select(row => (Table: table, Row: row)))
        .Where(item => item.Row["number"] is not null)
        .GroupBy(item => item.Row["number"]!.ToString(), item => $"{item.Table} {item.Row["displayName"]}")
        .ToDictionary(group => group.Key, group => string.Join(" and ", group), StringComparer.Ordinal);

    private static string WithoutNumber(IReadOnlyDictionary<string, string> names, string property, string text) =>
        Numbers.Contains(property) ? names.GetValueOrDefault(text, text) : text;

    private static string Text(DataverseEmulator emulator, DataverseRow row, IReadOnlyDictionary<string, string> names) =>
        string.Join("; ", row.Values
        .Where(pair => !Passing.Contains(pair.Key) && pair.Value is not Guid)
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}={WithoutNumber(names, pair.Key, Text(emulator, pair.Value))}"));

    private static string Text(DataverseEmulator emulator, object value) => value is DataverseReference reference
        ? $"{reference.Table} {NameOf(emulator, emulator.Table(reference.Table).Find(reference.Id))}"
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string? NameOf(DataverseEmulator emulator, DataverseRow? row) =>
        row?[emulator.Backend.Store.Schema[row.Table].Definition.PrimaryName]?.ToString();

    private static string Text(JsonObject row, IReadOnlyDictionary<string, string> names) => string.Join("; ", row
        .Where(pair => !Passing.Contains(pair.Key) && !Guid.TryParse(pair.Value?.ToString(), out _))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}={WithoutNumber(names, pair.Key, pair.Value?.ToString() ?? "")}"));
}
