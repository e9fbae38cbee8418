namespace Dataverse.Sync.IntegrationTests;

/// <summary>Filters as Business Central stores and shows them select what the standard mappings select.</summary>
public sealed class FilterTextOverHttpTests
{
    [Theory]
    [InlineData(
        StandardMappingNames.Customer,
        "VERSION(1) SORTING(Field1) WHERE(Field39=1(0))",
        "StateCode=FILTER(Active),CustomerTypeCode=FILTER(Customer)")]
    [InlineData(
        StandardMappingNames.Vendor,
        "SORTING(No.) WHERE(Blocked=FILTER(' '))",
        "WHERE(statecode=1(0),customertypecode=1(11))")]
    [InlineData(
        StandardMappingNames.Contact,
        "VERSION(1) SORTING(Field1) WHERE(Field5050=1(1),Field5051=1(<>''))",
        "ParentCustomerId=1(<>{00000000-0000-0000-0000-000000000000}),ParentCustomerId=TABLE(account),StateCode=CONST(Active)")]
    public async Task Filter_text_of_Business_Central_selects_as_the_standard_mapping_does(string mapping, string local, string integration)
    {
        await using var typed = await TestBench.StartAsync(DataSet.Get("sample"));
        await using var written = await TestBench.StartAsync(DataSet.Get("sample"));
        written.Engine.Mappings.Change(mapping, change => change.WhereLocal(local).WhereIntegration(integration));

        var expected = (await typed.Engine.SynchronizeFullAsync()).Single(job => job.Key.Mapping == mapping);
        var job = (await written.Engine.SynchronizeFullAsync()).Single(job => job.Key.Mapping == mapping);

        expected.Counters.Inserted.Should().BePositive();
        job.Counters.Should().BeEquivalentTo(expected.Counters);
    }

    [Fact]
    public async Task Name_as_people_see_it_and_an_interval_select_customers()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        var numbers = bench.Local("customers").Rows.Select(row => row["number"]!.GetValue<string>()).Order().ToList();
        bench.Engine.Mappings.Change(
            StandardMappingNames.Customer, change => change.WhereLocal($"Blocked='',\"No.\"={numbers[0]}..{numbers[1]}|@{numbers[2]}*"));

        _ = await bench.Engine.SynchronizeFullAsync();

        (await bench.Engine.Couplings.ListAsync(StandardMappingNames.Customer).ToListAsync()).Should().HaveCountLessThanOrEqualTo(3).And.NotBeEmpty();
    }
}
