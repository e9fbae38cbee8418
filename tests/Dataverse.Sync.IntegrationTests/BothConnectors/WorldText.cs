using System.Globalization;
using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.IntegrationTests.BothConnectors;

/// <summary>
/// All rows and couplings of a bench as texts that two benches can be compared by: without the keys, versions, and times
/// that differ between any two runs, and with names in place of references.
/// </summary>
internal static class WorldText
{
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "createdon", "modifiedon", "versionnumber", "id", "lastModifiedDateTime", "@odata.etag", "systemModifiedAt", "systemCreatedAt",
    };

    public static IReadOnlyList<string> DataverseRows(TestBench bench) =>
    [
        .. bench.Dataverse.Backend.Store.Schema.Tables.Select(table => bench.Dataverse.Table(table.LogicalName))
            .SelectMany(table => table.Rows.Select(row => $"{table.LogicalName}: {Text(bench.Dataverse, row)}"))
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> BusinessCentralRows(TestBench bench) =>
    [
        .. bench.Engine.Mappings.All.Select(mapping => mapping.LocalTable).Distinct()
            .SelectMany(table => bench.Local(table).Rows.Select(row => $"{table}: {Text(row)}"))
            .Order(StringComparer.Ordinal),
    ];

    public static async Task<IReadOnlyList<string>> CouplingsAsync(TestBench bench)
    {
        var texts = new List<string>();
        foreach (var mapping in bench.Engine.Mappings.All)
        {
            await foreach (var coupling in bench.Engine.Couplings.ListAsync(mapping.Name))
            {
                var local = bench.Local(mapping.LocalTable).Get(coupling.LocalId)?["number"]?.ToString();
                var row = bench.Dataverse.Table(mapping.IntegrationTable).Find(coupling.IntegrationId);
                texts.Add($"{mapping.Name}: {local} and {(row is null ? "nothing" : NameOf(bench.Dataverse, row))}");
            }
        }

        return [.. texts.Order(StringComparer.Ordinal)];
    }

    private static string Text(DataverseEmulator emulator, DataverseRow row) => string.Join("; ", row.Values
        .Where(pair => !Passing.Contains(pair.Key) && pair.Value is not Guid)
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}={Text(emulator, pair.Value)}"));

    private static string Text(DataverseEmulator emulator, object value) => value is DataverseReference reference
        ? $"{reference.Table} {NameOf(emulator, emulator.Table(reference.Table).Find(reference.Id))}"
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string? NameOf(DataverseEmulator emulator, DataverseRow? row) =>
        row?[emulator.Backend.Store.Schema[row.Table].Definition.PrimaryName]?.ToString();

    private static string Text(JsonObject row) => string.Join("; ", row
        .Where(pair => !Passing.Contains(pair.Key) && !Guid.TryParse(pair.Value?.ToString(), out _))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}={pair.Value?.ToJsonString()}"));
}
