using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Mapping;

public sealed class MappingCatalogTests
{
    [Fact]
    public async Task Changed_mapping_counts_from_the_next_run_and_reset_puts_it_back()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        var original = crm.Engine.Mappings["CUSTOMER"];
        crm.Engine.Mappings.Change(
            "customer",
            mapping => mapping.Field("displayName", "name", field => field.Disabled()));
        crm.Customers.Update(customer, ("displayName", "Held back"));

        _ = await crm.ModifiedAsync();
        var disabled = crm.Name(account);
        crm.Engine.Mappings.Reset("CUSTOMER");
        crm.Later();
        _ = await crm.FullAsync();

        disabled.Should().Be("Adatum");
        crm.Engine.Mappings["CUSTOMER"].Should().BeSameAs(original);
        crm.Name(account).Should().Be("Held back");
    }

    [Fact]
    public void Reset_removes_a_mapping_added_later_and_names_an_unknown_one()
    {
        using var crm = new EngineFixture();
        crm.Engine.Mappings.Set(new IntegrationTableMappingBuilder("EXTRA").Between("customers", "account").Build());

        crm.Engine.Mappings.Reset("extra");
        var again = () => crm.Engine.Mappings.Reset("extra");

        crm.Engine.Mappings.All.Select(mapping => mapping.Name).Should().Equal("SALESPERSON", "CUSTOMER");
        again.Should().Throw<SyncConfigurationException>().WithMessage("*'extra'*");
    }

    [Fact]
    public void Catalog_refuses_a_mapping_with_missing_lists_and_names_each_of_them()
    {
        using var crm = new EngineFixture();
        var mapping = crm.Engine.Mappings["CUSTOMER"].Should().BeOfType<IntegrationTableMapping>().Subject;

        var set = () => crm.Engine.Mappings.Set(mapping with { Rules = null!, Dependencies = [null!] });

        set.Should().Throw<SyncConfigurationException>().Which.Problems.Should().Equal(
            "The mapping's Dependencies[0] is null; it must be set.", "The mapping's Rules is null; it must be set.");
        crm.Engine.Mappings["CUSTOMER"].Should().BeSameAs(mapping);
    }

    [Fact]
    public void ResetAll_puts_every_mapping_back()
    {
        using var crm = new EngineFixture();
        var originals = crm.Engine.Mappings.All;
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.OnlyCoupledRecords(true));

        crm.Engine.Mappings.ResetAll();

        crm.Engine.Mappings.All.Should().Equal(originals);
    }
}
