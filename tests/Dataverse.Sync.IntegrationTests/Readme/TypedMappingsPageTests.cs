using System.Text.RegularExpressions;

namespace Dataverse.Sync.IntegrationTests.Readme;

/// <summary>The examples of the page about typed mappings are compiled, and do over both services what the page says.</summary>
public sealed partial class TypedMappingsPageTests
{
    [Fact]
    public void Page_shows_the_examples_that_are_compiled()
    {
        var shown = Block().Matches(File.ReadAllText(ReadmeTests.RepositoryFile("docs/concepts/typed-mappings.md")));
        string[] compiled = ["TypedMappingsClasses.cs", "TypedMappingsExample.cs"];

        shown.Select(match => Words(match.Groups[1].Value)).Should().BeEquivalentTo(compiled
            .SelectMany(file => Marked().Matches(File.ReadAllText(ReadmeTests.RepositoryFile($"tests/Dataverse.Sync.IntegrationTests/Readme/{file}"))))
            .Select(match => Words(match.Groups[1].Value)));
    }

    [Fact]
    public async Task Classes_of_the_page_read_and_map_the_records_of_both_services()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Largest);
        foreach (var mapping in bench.Engine.Mappings.All.Where(known => known.Name != "CURRENCY").ToList())
        {
            bench.Engine.Mappings.Remove(mapping.Name);
        }

        bench.Engine.Mappings.Set(new IntegrationTableMappingBuilder(TypedMappings.TypedMappingsExample.Map())
            .SharedByCompanies()
            .OnlyCoupledRecords(false)
            .LocalFilter(RecordFilter.Equal("number", FieldValue.Text("10000")))
            .AddRule(new TypedMappings.CreditRule())
            .Build());

        var job = await bench.Engine.SynchronizeFullAsync("CUSTOMER");

        job.Status.Should().Be(SyncJobStatus.Finished);
        job.Counters.Failed.Should().Be(0);
    }

    private static string Words(string code) => Spaces().Replace(code, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("// begin\n(.*?)// end", RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
