using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Compilation;

/// <summary>Bad input: one exception that names every problem, before anything is done.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [MemberData(nameof(EveryMistake))]
    [Trait("parity", "BC-1.1-01")]
    [Trait("parity", "BC-1.1-26")]
    [Trait("parity", "BC-1.3-09")]
    [Trait("parity", "BC-1.3-12")]
    [Trait("parity", "BC-2.3-07")]
    [Trait("parity", "BC-2.4-12")]
    public async Task Mistake_is_named_and_nothing_is_changed(string mistake, string expected)
    {
        using var crm = new EngineFixture(new FixtureOptions { Engine = options => options with { Mappings = [CrmTables.Salesperson(), .. Mistakes()[mistake]] } });
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        var validate = () => crm.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().ContainSingle().Which.Should().Be(expected);
        crm.Writes.Should().Be(0);
        crm.Store.Calls.Should().Be(0);
        (await crm.JobLog.ListAsync(crm.Engine.Scope.Name, null, 1, default)).Should().BeEmpty();
    }

    public static TheoryData<string, string> EveryMistake() => new()
    {
        { "table", "Mapping 'CUSTOMER': the local table 'nothing' does not exist." },
        { "field", "Mapping 'CUSTOMER': field mapping 'nothing>name' names field 'nothing', which the local table 'customers' does not have." },
        { "type", "Mapping 'CUSTOMER': field mapping 'taxLiable>name' joins Boolean with Text; types that differ so need a converter." },
        { "name", "2 mappings are named 'CUSTOMER'." },
        { "filter", "Mapping 'CUSTOMER': the local filter names field 'nothing', which the local table 'customers' does not have." },
        { "cycle", "The mappings depend on each other in a circle: A → B → A." },
        { "dependency", "Mapping 'CUSTOMER': depends on mapping 'NOTHING', which does not exist." },
        { "reference", "Mapping 'CUSTOMER': field mapping 'salespersonCode>ownerid' is a reference and needs a lookup through another mapping." },
        { "via", "Mapping 'CUSTOMER': field mapping 'salespersonCode>ownerid' looks up through mapping 'NOTHING', which does not exist." },
        { "key", "Mapping 'CUSTOMER': the lookup of field mapping 'salespersonCode>ownerid' needs field 'nothing' of table 'salespeople' of Business Central (in memory), which does not exist." },
        { "lookup", "Mapping 'CUSTOMER': field mapping 'salespersonCode>ownerid' looks up Text and Reference; the integration column must be a reference, and so must a local field that holds no key." },
        { "read-only", "Mapping 'CUSTOMER': field mapping 'balance>balance' would write the read-only local field 'balance'; give it a direction that does not." },
        { "twice", "Mapping 'CUSTOMER': 2 field mappings write the integration field 'name'." },
        { "disabled", "Mapping 'CUSTOMER': no enabled field mapping writes the integration side, but the mapping's direction is ToIntegrationTable." },
        { "matching", "Mapping 'CUSTOMER': matching names field 'nothing', which the integration table 'account' does not have." },
    };

    [Fact]
    public async Task Every_problem_of_every_mapping_is_named_at_once()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = options => options with { Mappings = [.. Mistakes()["table"], New("VENDOR").Field("nothing", "name").LocalFilter(RecordFilter.IsBlank("none")).Build()] },
        });

        var validate = () => crm.Engine.ValidateAsync();

        var thrown = (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which;
        thrown.Problems.Should().HaveCount(3);
        thrown.Message.Should().ContainAll("(3 problems)", "'nothing'", "'none'", "'VENDOR'", "'CUSTOMER'");
    }

    [Fact]
    [Trait("parity", "BC-1.3-08")]
    public async Task Disabled_field_mapping_may_name_a_field_that_the_table_lacks()
    {
        using var crm = new EngineFixture(mapping => mapping.Field("fax", "fax", field => field.Disabled()));

        var validate = () => crm.Engine.ValidateAsync();

        await validate.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Unknown_mapping_is_named()
    {
        using var crm = new EngineFixture();

        var run = () => crm.Engine.SynchronizeFullAsync("NOTHING");

        (await run.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("There is no mapping named 'NOTHING'.");
    }

    private static Dictionary<string, IIntegrationTableMapping[]> Mistakes() => new()
    {
        ["table"] = [New().Between("nothing", "account").Field("displayName", "name").Build()],
        ["field"] = [New().Field("displayName", "accountnumber").Field("nothing", "name").Build()],
        ["type"] = [New().Field("taxLiable", "name").Build()],
        ["name"] = [New().Field("displayName", "name").Build(), New("customer").Field("displayName", "name").Build()],
        ["filter"] = [New().Field("displayName", "name").LocalFilter(RecordFilter.IsBlank("nothing")).Build()],
        ["cycle"] = [New("A").Field("displayName", "name").DependsOn("B").Build(), New("B").Field("displayName", "name").DependsOn("A").Build()],
        ["dependency"] = [New().Field("displayName", "name").DependsOn("NOTHING").Build()],
        ["reference"] = [New().Field("salespersonCode", "ownerid").Build()],
        ["via"] = [New().Field("displayName", "name").Lookup("salespersonCode", "ownerid", "NOTHING", "code").Build()],
        ["key"] = [New().Field("displayName", "name").Lookup("salespersonCode", "ownerid", "SALESPERSON", "nothing").Build()],
        ["lookup"] = [New().Field("displayName", "name").Lookup("salespersonCode", "ownerid", "SALESPERSON").Build()],
        ["read-only"] = [New().Field("displayName", "name").Field("balance", "balance").Build()],
        ["twice"] = [New().Field("displayName", "name").Field("website", "name", field => field.ToIntegration()).Build()],
        ["disabled"] = [New().Direction(SyncDirection.ToIntegrationTable).Field("displayName", "name", field => field.Disabled()).Build()],
        ["matching"] = [New().Field("displayName", "name").MatchOn("displayName", "nothing").Build()],
    };

    private static IntegrationTableMappingBuilder New(string name = "CUSTOMER") => new IntegrationTableMappingBuilder(name).Between("customers", "account");
}
