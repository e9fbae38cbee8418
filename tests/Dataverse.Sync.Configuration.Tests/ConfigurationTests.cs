using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.Configuration.Tests;

/// <summary>What files, the environment, and their overrides make of mappings.</summary>
public sealed class ConfigurationTests
{
    private const string Settings =
        """
        {
          "Logging": { "LogLevel": "Information" },
          "Sync": {
            "standardMappings": {},
            "mappings": {
              "CUSTOMER": {
                "localFilter": null,
                "dependencies": [],
                "rules": [ { "kind": "Currency" } ],
                "fields": [ { "localField": "email", "integrationField": "emailaddress1", "direction": "ToIntegrationTable" } ]
              },
              "PROJECT": {
                "localTable": "projects", "integrationTable": "new_project", "maximumDeletionShare": 0.5,
                "integrationFilter": { "all": [ { "field": "statecode", "value": { "integer": 0 } },
                                                { "field": "new_kind", "operator": "StartsWith", "value": "P" } ] },
                "fields": [
                  { "localField": "displayName", "integrationField": "new_name" },
                  { "integrationField": "new_source", "constant": { "boolean": true } } ]
              }
            }
          }
        }
        """;

    [Fact]
    public void File_of_settings_means_what_the_same_document_means()
    {
        var document = Settings[(Settings.IndexOf("\"Sync\":", StringComparison.Ordinal) + 7)..Settings.LastIndexOf('}')];

        Read(Settings).ToJson().Should().Be(MappingJson.Parse(document.Replace("\"standardMappings\": {}", "\"standardMappings\": true")).ToJson());
    }

    [Fact]
    public void Environment_overrides_single_settings_by_the_names_of_mappings_and_fields()
    {
        var mappings = Read(
            Settings,
            ("Sync__mappings__CUSTOMER__isEnabled", "false"),
            ("SYNC__MAPPINGS__CUSTOMER__FIELDS__EMAIL__DIRECTION", "FromIntegrationTable"),
            ("Sync__mappings__vendor__onlyCoupled", null),
            ("Sync__mappings__PROJECT__maximumDeletionShare", "0.25"));

        var customer = mappings.Single(mapping => mapping.Name == "CUSTOMER");
        customer.IsEnabled.Should().BeFalse();
        customer.Fields.Single(field => field.LocalField == "email").Direction.Should().Be(SyncDirection.FromIntegrationTable);
        mappings[^1].MaximumDeletionShare.Should().Be(0.25);
    }

    [Fact]
    public void List_of_a_later_source_replaces_elements_by_number_so_that_a_shorter_list_leaves_the_rest()
    {
        const string Later = """{ "Sync": { "mappings": { "PROJECT": { "fields": [ { "localField": "number" } ] } } } }""";

        var fields = Read(Settings, Later).Single(mapping => mapping.Name == "PROJECT").Fields;

        fields.Select(field => field.Key.Value).Should().Equal("number>new_name", ">new_source");
    }

    [Fact]
    public void Every_problem_is_told_with_its_key()
    {
        var read = () => Read(
            Settings,
            ("Sync__mappings__CUSTOMER__isEnabled", "off"),
            ("Sync__mappings__VENDORS__isEnabled", "false"),
            ("Sync__mappings__PROJECT__fields__0__directon", "ToIntegrationTable"));

        read.Should().Throw<SyncConfigurationException>().Which.Problems.Should().SatisfyRespectively(
            problem => problem.Should().StartWith("Sync:mappings:CUSTOMER:isEnabled: is a text; it must be true or false."),
            problem => problem.Should().StartWith("Sync:mappings:PROJECT:fields:0:directon: is unknown here. Did you mean 'direction'?"),
            problem => problem.Should().StartWith("Sync:mappings:VENDORS: lacks 'localTable'."),
            problem => problem.Should().StartWith("Sync:mappings:VENDORS: lacks 'integrationTable'."),
            problem => problem.Should().Match("Sync:mappings:VENDORS: *Did you mean 'VENDOR'?"));
    }

    [Fact]
    public void Missing_section_is_named()
    {
        var read = () => Read("""{ "Other": 1 }""");

        read.Should().Throw<SyncConfigurationException>().WithMessage("Sync: has no settings.");
    }

    private static IReadOnlyList<IIntegrationTableMapping> Read(string file, params (string Name, string? Value)[] environment) =>
        Read(new ConfigurationBuilder().AddJsonStream(Stream(file)).AddInMemoryCollection(environment
            .Where(variable => variable.Value is not null)
            .Select(variable => new KeyValuePair<string, string?>(variable.Name.Replace("__", ":"), variable.Value))));

    private static IReadOnlyList<IIntegrationTableMapping> Read(string file, string later) =>
        Read(new ConfigurationBuilder().AddJsonStream(Stream(file)).AddJsonStream(Stream(later)));

    private static IReadOnlyList<IIntegrationTableMapping> Read(IConfigurationBuilder configuration)
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(sync => sync
            .UseInMemoryStore()
            .UseLocal(_ => new Testing.InMemoryConnector())
            .UseIntegration(_ => new Testing.InMemoryConnector())
            .AddMappings(configuration.Build().GetSection("Sync")));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<SyncEngine>().Mappings.All;
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
