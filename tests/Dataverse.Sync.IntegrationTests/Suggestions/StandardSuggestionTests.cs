namespace Dataverse.Sync.IntegrationTests.Suggestions;

/// <summary>The standard mappings, found again by the names and types of the fields that both services describe.</summary>
public sealed class StandardSuggestionTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public async Task Standard()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Largest);
        foreach (var mapping in StandardMappings.Create())
        {
            var found = await bench.Engine.SuggestFieldMappingsAsync(mapping.LocalTable, mapping.IntegrationTable);
            var wanted = mapping.Fields.Where(f => f.LocalField is not null && f.IntegrationField is not null).Select(f => f.Key.Value).ToHashSet();
            output.WriteLine($"{mapping.Name} wanted {wanted.Count} found {found.Count} hit {found.Count(f => wanted.Contains(f.Local.Name + ">" + f.Integration.Name))}");
            foreach (var f in found)
            {
                output.WriteLine($"  {(wanted.Remove(f.Local.Name + ">" + f.Integration.Name) ? "+" : " ")} {f} {string.Join(",", f.Losses.Select(l => l.Target + ":" + l.Kind))} {f.Lookup}");
            }
            output.WriteLine("  MISSING " + string.Join(" ", wanted));
        }
    }
}
