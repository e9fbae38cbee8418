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
        var free = bench.Local("customers").Rows.Where(row => row["blocked"]!.GetValue<string>() == "_x0020_")
            .Select(row => (Number: row["number"]!.GetValue<string>(), Id: row["id"]!.GetValue<Guid>())).OrderBy(row => row.Number).Take(3).ToList();
        bench.Engine.Mappings.Change(StandardMappingNames.Customer, change => change
            .WhereLocal($"Blocked='',\"No.\"={free[0].Number}..{free[1].Number}|@{free[2].Number}*")
            .Direction(SyncDirection.ToIntegrationTable));

        _ = await bench.Engine.SynchronizeFullAsync();

        var coupled = await bench.Engine.Couplings.ListAsync(StandardMappingNames.Customer).ToListAsync();
        coupled.Select(coupling => coupling.LocalId).Should().BeEquivalentTo(free.Select(row => row.Id));
    }
}
