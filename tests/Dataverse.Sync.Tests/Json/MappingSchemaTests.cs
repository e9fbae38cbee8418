using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dataverse.Sync.Tests.Json;

/// <summary>Every setting of a mapping is in the schema and in the reader, and nothing else is.</summary>
public sealed class MappingSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(MappingJson.Schema)!;

    [Theory]
    [InlineData("mapping", typeof(IIntegrationTableMapping))]
    [InlineData("fieldMapping", typeof(IFieldMapping), "action", "-localMember", "-integrationMember")]
    [InlineData("lookup", typeof(LookupMapping))]
    [InlineData("lookupLink", typeof(LookupLink))]
    [InlineData("blankReference", typeof(BlankReference))]
    [InlineData("matchGroup", typeof(MatchGroup))]
    [InlineData("template", typeof(RecordTemplate))]
    [InlineData("matchField", typeof(MatchField))]
    [InlineData("companyColumn", typeof(CompanyColumn))]
    [InlineData("defaultOwner", typeof(DefaultOwner))]
    [InlineData("retryPolicy", typeof(RetryPolicy))]
    [InlineData("standardMappings", typeof(StandardMappingOptions))]
    [InlineData("options", typeof(OptionMapping))]
    [InlineData("optionTable", typeof(OptionTable))]
    [InlineData("tableLookup", typeof(TableLookup))]
    [InlineData("valuePair", typeof(ValuePair))]
    [InlineData("valueTable", typeof(ValueTable), "kind")]
    [InlineData("substringRule", typeof(SubstringRule), "kind", "-name", "-loss")]
    [InlineData("regexReplaceRule", typeof(RegexReplaceRule), "kind", "-name", "-loss")]
    [InlineData("decimalFormattingRule", typeof(DecimalFormattingRule), "kind", "-name", "-loss", "-inverse")]
    [InlineData("roundRule", typeof(RoundRule), "kind", "-name", "-loss")]
    [InlineData("localCurrencyAmountRule", typeof(LocalCurrencyAmountRule), "kind")]
    public void Every_property_in_code_is_in_the_schema(string definition, Type type, params string[] besides)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        Schema["definitions"]![definition]!["properties"]!.AsObject().Select(property => property.Key)
            .Should().BeEquivalentTo(
                [.. properties.Where(name => !besides.Contains($"-{name}")), .. besides.Where(name => name[0] != '-')]);
    }

    [Fact]
    public void Every_transformation_rule_of_the_library_can_be_written_as_data()
    {
        var rules = typeof(ITransformationRule).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsPublic: true } && type.IsAssignableTo(typeof(ITransformationRule)))
            .Select(type => JsonNamingPolicy.CamelCase.ConvertName(type.Name));

        Schema["definitions"]!.AsObject().Select(definition => definition.Key).Should().Contain(rules);
    }

    [Fact]
    public void Every_member_in_the_schema_has_a_description() =>
        Schema["definitions"]!.AsObject()
            .Where(definition => definition.Key != "value")
            .SelectMany(definition => definition.Value!["properties"]!.AsObject()
                .Select(property => (Path: $"{definition.Key}.{property.Key}", Text: (string?)property.Value!["description"])))
            .Where(property => !property.Path.EndsWith(".kind", StringComparison.Ordinal))
            .Should().OnlyContain(property => !string.IsNullOrWhiteSpace(property.Text));

    [Fact]
    public void Reader_knows_every_member_of_the_schema_and_no_other()
    {
        foreach (var name in Members("mapping").Append("other"))
        {
            Problems($$"""{ "mappings": [ { "name": "X", "{{name}}": {} } ] }""")
                .Any(problem => problem.StartsWith($"$.mappings[0].{name}: is unknown here.", StringComparison.Ordinal))
                .Should().Be(name == "other", name);
        }

        foreach (var name in Members("fieldMapping").Append("other"))
        {
            Problems($$"""{ "mappings": [ { "name": "X", "fields": [ { "{{name}}": [] } ] } ] }""")
                .Any(problem => problem.StartsWith($"$.mappings[0].fields[0].{name}: is unknown here.", StringComparison.Ordinal))
                .Should().Be(name == "other", name);
        }
    }

    [Fact]
    public void Published_schema_is_the_one_of_the_reader() =>
        Published("docs/schemas/dataverse-sync-mappings.schema.json", MappingJson.Schema).Should().Be(MappingJson.Schema);

    [Fact]
    public void Published_standard_mappings_are_those_in_code()
    {
        const string Path = "docs/samples/standard-mappings.json";
        var inCode = StandardMappings.Create().ToJson() + "\n";

        Published(Path, inCode).Should().Be(inCode);
        (MappingJson.Load(Root() + "/" + Path).ToJson() + "\n").Should().Be(inCode);
    }

    [Fact]
    public void Every_document_in_the_pages_is_valid()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Root(), "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Root(), "README.md"));
        var documents = pages.SelectMany(page => Regex.Matches(File.ReadAllText(page), "```jsonc?\n(.*?)```", RegexOptions.Singleline))
            .Select(match => WithoutOtherSettings(match.Groups[1].Value))
            .Where(json => json.Contains("\"mappings\"") || json.Contains("\"standardMappings\"")).ToList();

        documents.Should().HaveCountGreaterThan(1);
        documents.Select(Problems).Should().OnlyContain(problems => problems.Count == 0);
    }

    // A configuration of an application has the document in a section, beside other settings.
    private static string WithoutOtherSettings(string json)
    {
        if (!json.Contains("\"Sync\": {"))
        {
            return json;
        }

        var section = JsonNode.Parse(json)!["Sync"]!.AsObject();
        return new JsonObject(section.Where(member => member.Key is "standardMappings" or "mappings")
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
    }

    // With the variable PUBLISH, the tests write the files again, as is necessary when a setting was added.
    private static string Published(string file, string present)
    {
        var path = Path.Combine(Root(), file);
        if (Environment.GetEnvironmentVariable("PUBLISH") is not null)
        {
            File.WriteAllText(path, present);
        }

        return File.ReadAllText(path);
    }

    private static IEnumerable<string> Members(string definition) =>
        Schema["definitions"]![definition]!["properties"]!.AsObject().Select(property => property.Key);

    private static IReadOnlyList<string> Problems(string json)
    {
        try
        {
            _ = MappingJson.Parse(json);
            return [];
        }
        catch (SyncConfigurationException refusal)
        {
            return refusal.Problems;
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Dataverse.Sync.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
