using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.Tests.Json;

/// <summary>Mappings in flat settings, as files and the environment provide them.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Settings_are_a_document_whose_values_are_texts_and_whose_keys_ignore_letter_case()
    {
        var mappings = Read(
            ("sync:StandardMappings", "True"),
            ("Sync:Mappings:CUSTOMER:IsEnabled", "false"),
            ("Sync:Mappings:CUSTOMER:retrypolicy:FIRSTDELAY", "00:05:00"),
            ("Sync:Mappings:CUSTOMER:direction", "tointegrationtable"),
            ("Sync:Mappings:CUSTOMER:fields:email:isEnabled", "false"),
            ("Sync:Mappings:CUSTOMER:fields:city>address1_city:skipsBlank", "true"),
            ("Sync:Mappings:PROJECT:localTable", "projects"),
            ("Sync:Mappings:PROJECT:integrationTable", "new_project"),
            ("Sync:Mappings:PROJECT:maximumDeletionShare", "0.25"),
            ("Sync:Mappings:PROJECT:fields:0:localField", "number"),
            ("Sync:Mappings:PROJECT:fields:0:integrationField", "new_number"),
            ("Sync:Mappings:PROJECT:fields:1:integrationField", "new_kind"),
            ("Sync:Mappings:PROJECT:fields:1:constant:integer", "3"),
            ("Other", "x"));

        var customer = mappings.Single(mapping => mapping.Name == "CUSTOMER");
        customer.IsEnabled.Should().BeFalse();
        customer.Direction.Should().Be(SyncDirection.ToIntegrationTable);
        customer.RetryPolicy.FirstDelay.Should().Be(TimeSpan.FromMinutes(5));
        customer.Fields.Single(field => field.LocalField == "email").IsEnabled.Should().BeFalse();
        customer.Fields.Single(field => field.LocalField == "city").SkipsBlank.Should().BeTrue();
        var project = mappings[^1];
        project.MaximumDeletionShare.Should().Be(0.25);
        project.Fields[1].Constant.Should().Be(FieldValue.Integer(3));
    }

    [Fact]
    public void Named_settings_change_what_numbered_ones_describe_and_elements_are_in_the_order_of_their_numbers()
    {
        (string, string?)[] fields = [.. Enumerable.Range(0, 11).SelectMany(number => new (string, string?)[]
        {
            ($"Sync:mappings:0:fields:{number}:localField", $"a{number}"),
            ($"Sync:mappings:0:fields:{number}:integrationField", $"b{number}"),
        })];
        var mapping = Read(
        [
            ("Sync:mappings:X:isEnabled", "false"),
            ("Sync:mappings:X:fields:a7:direction", "FromIntegrationTable"),
            ("Sync:mappings:0:name", "X"), ("Sync:mappings:0:localTable", "a"), ("Sync:mappings:0:integrationTable", "b"),
            .. fields,
        ]).Single();

        mapping.IsEnabled.Should().BeFalse();
        mapping.Fields.Select(field => field.LocalField).Should().Equal(Enumerable.Range(0, 11).Select(number => $"a{number}"));
        mapping.Fields[7].Direction.Should().Be(SyncDirection.FromIntegrationTable);
    }

    [Fact]
    public void Blank_setting_is_null_or_an_empty_list_where_that_is_allowed_and_a_problem_elsewhere()
    {
        var mappings = Read(
            ("Sync:standardMappings:defaultOwner", ""),
            ("Sync:standardMappings:companyColumns", ""),
            ("Sync:mappings:CUSTOMER:localFilter", " "),
            ("Sync:mappings:CUSTOMER:rules", ""),
            ("Sync:mappings:CUSTOMER:timeZone", null));

        var customer = mappings.Single(mapping => mapping.Name == "CUSTOMER");
        customer.LocalFilter.Should().BeNull();
        customer.Rules.Should().BeEmpty();
        customer.CompanyColumns.Should().BeEmpty();
        Problems(
            ("Sync:standardMappings", "true"),
            ("Sync:mappings:CUSTOMER:direction", ""),
            ("Sync:mappings:CUSTOMER:isEnabled", ""),
            ("Sync:mappings:CUSTOMER:maximumDeletionShare", ""),
            ("Sync:mappings:CUSTOMER:retryPolicy:firstDelay", ""),
            ("Sync:mappings:VENDOR", ""),
            ("Sync:mapping:0", "x")).Select(problem => problem.Split(": ")[0]).Should().BeEquivalentTo(
            "Sync:mappings:CUSTOMER:direction",
            "Sync:mappings:CUSTOMER:isEnabled",
            "Sync:mappings:CUSTOMER:maximumDeletionShare",
            "Sync:mappings:CUSTOMER:retryPolicy:firstDelay",
            "Sync:mappings:VENDOR",
            "Sync:mapping");
    }

    [Fact]
    public void Section_that_is_missing_is_named()
    {
        Problems(("Snyc:standardMappings", "true")).Should().Equal("Sync: has no settings.");
        Problems().Should().Equal("Sync: has no settings.");
    }

    [Fact]
    public void One_json_document_configures_the_engine_of_a_container()
    {
        var services = new ServiceCollection();
        using var document = new MemoryStream(
            """
            { "mappings": [ { "name": "CUSTOMER", "localTable": "customers", "integrationTable": "account",
              "fields": [ { "localField": "displayName", "integrationField": "name", "converter": "same" } ],
              "rules": [ "mine" ] } ] }
            """u8.ToArray());
        var rule = new TestRule();
        _ = services.AddDataverseSync(sync => sync
            .UseLocal(_ => CrmTables.NewLocal(TimeProvider.System))
            .UseIntegration(_ => CrmTables.NewIntegration(TimeProvider.System))
            .UseInMemoryStore()
            .AddNamedRule("Mine", rule)
            .AddNamedConverter("same", new SameConverter())
            .AddMappingsFromJson(document)
            .AddMappingsFromSettings([new("mappings:CUSTOMER:isEnabled", "false")]));
        using var provider = services.BuildServiceProvider();

        var mapping = provider.GetRequiredService<SyncEngine>().Mappings.All.Single();

        mapping.IsEnabled.Should().BeFalse();
        mapping.Rules.Should().Equal(rule);
        mapping.Fields[0].Converter.Should().BeOfType<SameConverter>();
    }

    private static IReadOnlyList<IIntegrationTableMapping> Read(params (string Key, string? Value)[] settings) =>
        MappingJson.FromSettings(settings.Select(item => new KeyValuePair<string, string?>(item.Key, item.Value)), "Sync");

    private static IReadOnlyList<string> Problems(params (string Key, string? Value)[] settings)
    {
        var read = () => Read(settings);
        return read.Should().Throw<SyncConfigurationException>().Which.Problems;
    }

    private sealed class SameConverter : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue local) => local;

        public FieldValue ToLocal(FieldValue integration) => integration;
    }
}
