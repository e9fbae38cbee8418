namespace Dataverse.Sync.Tests.Fields;

public sealed class TableLookupTests
{
    [Fact]
    public async Task Value_is_looked_up_in_a_local_table_in_both_directions()
    {
        using var fixture = new OptionFixture(mapping => mapping.Field(
            "termsCode", "region", field => field.LookUpIn(new(SyncSide.Local, "terms", "code", "description"))));
        _ = fixture.Terms.Insert(("code", "14D"), ("description", "Fourteen days"));
        _ = fixture.Terms.Insert(("code", "30D"), ("description", "Thirty days"));
        _ = fixture.Customers.Insert(("termsCode", "14D"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["region"].Should().Be(FieldValue.Text("Fourteen days"));
        fixture.Accounts.Update(fixture.Account.Id, ("region", "thirty days"));
        _ = await fixture.ModifiedAsync();
        fixture.Customer["termsCode"].Should().Be(FieldValue.Text("30D"));
        (await fixture.ConvergeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Value_is_looked_up_in_an_integration_table_by_the_id_of_its_records()
    {
        using var fixture = new OptionFixture(mapping => mapping.Field(
            "region", "regionid", field => field.LookUpIn(new(SyncSide.Integration, "region", "shortname", "regionid"))));
        var (north, south) = (fixture.Regions.Insert(("shortname", "N")).Id, fixture.Regions.Insert(("shortname", "S")).Id);
        _ = fixture.Customers.Insert(("region", "N"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["regionid"].AsIdentifier().Should().Be(north);
        fixture.Accounts.Update(fixture.Account.Id, ("regionid", FieldValue.Reference(south, "region")));
        _ = await fixture.ModifiedAsync();
        fixture.Customer["region"].Should().Be(FieldValue.Text("S"));
    }

    [Fact]
    public async Task Rules_are_applied_before_the_look_up()
    {
        using var fixture = new OptionFixture(mapping => mapping.Field("region", "regionid", field => field
            .LookUpIn(new(SyncSide.Integration, "region", "shortname", "regionid"))
            .TransformToIntegration(TransformationRules.Substring(1, 1))));
        var north = fixture.Regions.Insert(("shortname", "N")).Id;
        _ = fixture.Customers.Insert(("region", "Northern Sjælland"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["regionid"].AsIdentifier().Should().Be(north);
        fixture.Customer["region"].Should().Be(FieldValue.Text("Northern Sjælland"));
    }

    [Fact]
    public async Task Value_that_is_not_found_or_ambiguous_fails_its_record_only()
    {
        using var fixture = new OptionFixture(mapping => mapping.Field(
            "region", "region", field => field.LookUpIn(new(SyncSide.Integration, "region", "shortname", "name"))));
        _ = fixture.Regions.Insert(("shortname", "N"), ("name", "North"));
        _ = fixture.Regions.Insert(("shortname", "S"), ("name", "South"));
        _ = fixture.Regions.Insert(("shortname", "S"), ("name", "Sud"));
        _ = fixture.Customers.Insert(("region", "N"));
        _ = fixture.Customers.Insert(("region", "S"));
        _ = fixture.Customers.Insert(("region", "W"));
        var job = await fixture.FullAsync();
        job.Counters.Failed.Should().Be(2);
        fixture.Account["region"].Should().Be(FieldValue.Text("North"));
        (await fixture.ErrorsAsync(job)).Should().HaveCount(2)
            .And.Contain(error => error.Contains("several records of table 'region'"))
            .And.Contain(error => error.Contains("no record of table 'region'"));
    }

    [Theory]
    [InlineData(UnmappedValuePolicy.UseDefault, "Elsewhere")]
    [InlineData(UnmappedValuePolicy.PassOn, "W")]
    [InlineData(UnmappedValuePolicy.LeaveOut, "")]
    public async Task Value_that_is_not_found_is_treated_as_the_policy_says(UnmappedValuePolicy policy, string expected)
    {
        using var fixture = new OptionFixture(mapping => mapping.Field(
            "region", "region", field => field.LookUpIn(new(SyncSide.Integration, "region", "shortname", "name")
            {
                WhenUnmapped = policy,
                DefaultForIntegration = FieldValue.Text("Elsewhere"),
                DefaultForLocal = FieldValue.Text("X"),
            })));
        _ = fixture.Customers.Insert(("region", "W"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["region"].ToString().Should().Be(expected);
        fixture.Customer["region"].Should().Be(FieldValue.Text("W"));
    }

    [Fact]
    public async Task Filter_selects_the_records_of_the_table()
    {
        using var fixture = new OptionFixture(mapping => mapping.Field(
            "region", "region", field => field.LookUpIn(new(SyncSide.Integration, "region", "shortname", "name")
            {
                Filter = RecordFilter.NotEqual("name", FieldValue.Text("Old")),
            })));
        _ = fixture.Regions.Insert(("shortname", "N"), ("name", "Old"));
        _ = fixture.Regions.Insert(("shortname", "N"), ("name", "North"));
        _ = fixture.Customers.Insert(("region", "N"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Account["region"].Should().Be(FieldValue.Text("North"));
    }

    [Fact]
    public async Task Missing_table_and_second_translation_are_refused()
    {
        using var fixture = new OptionFixture(mapping => mapping
            .Field("region", "region", field => field.LookUpIn(new(SyncSide.Integration, "nowhere", "a", "b")))
            .Field("termsCode", "terms", field => field.LookUpIn(new(SyncSide.Local, "terms", "code", "nothing"))));
        var validate = () => fixture.Engine.ValidateAsync();
        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().HaveCount(2);
    }
}
