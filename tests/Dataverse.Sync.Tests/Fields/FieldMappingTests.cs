using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.Tests;

/// <summary>Field mappings with keys of their own, which the engine never takes apart.</summary>
public sealed class FieldMappingTests
{
    [Theory]
    [InlineData(SyncDirection.Bidirectional)]
    [InlineData(SyncDirection.FromIntegrationTable)]
    public async Task Field_against_the_direction_of_its_mapping_is_synchronized_by_a_full_run_once_the_direction_is_changed(SyncDirection later)
    {
        using var crm = new EngineFixture(mapping => mapping
            .Direction(SyncDirection.ToIntegrationTable)
            .Field("postalCode", "postalcode", field => field.FromIntegration()));
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        _ = await crm.FullAsync();
        crm.Accounts.Update(crm.Accounts.Records[0].Id, ("postalcode", "1000"));
        crm.Later();
        (await crm.FullAsync()).Counters.Failed.Should().Be(0);
        crm.Customers.Records[0]["postalCode"].IsBlank.Should().BeTrue();

        await crm.Engine.Overrides.ChangeAsync("CUSTOMER", mapping => mapping.Direction(later));
        crm.Later();
        _ = await crm.FullAsync();

        crm.Customers.Records[0]["postalCode"].Should().Be(FieldValue.Text("1000"));
        crm.Later();
        var written = crm.Local.RowsWritten + crm.Integration.RowsWritten;
        _ = await crm.FullAsync();
        (crm.Local.RowsWritten + crm.Integration.RowsWritten).Should().Be(written);
    }

    [Fact]
    public void Key_is_by_default_that_of_the_fields()
    {
        var mapping = new FieldMapping { LocalField = "phoneNumber", IntegrationField = "telephone1" };

        mapping.Key.Value.Should().Be("phoneNumber>telephone1");
        (mapping with { IntegrationField = "telephone2" }).Key.Value.Should().Be("phoneNumber>telephone2");
        (mapping with { Key = "phone" }).Key.Value.Should().Be("phone");
    }

    [Theory]
    [InlineData(SyncSide.Local, "Ours")]
    [InlineData(SyncSide.Integration, "Theirs")]
    public async Task Conflict_of_a_field_mapping_with_its_own_key_is_resolved_field_by_field(
        SyncSide winner,
        string value)
    {
        using var crm = NewFixture(new CustomFieldMapping("phone", "displayName", "name"));
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"), ("postalCode", "1111"));
        crm.Accounts.Update(account, ("name", "Theirs"), ("postalcode", "2222"));
        _ = await crm.ModifiedAsync();
        var conflict = (await crm.ConflictsAsync()).Should().ContainSingle().Subject;

        var winners = new Dictionary<FieldMappingKey, SyncSide> { ["phone"] = winner };
        _ = await crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, winners);

        conflict.Fields.Select(field => field.FieldMapping.Value)
            .Should().BeEquivalentTo("phone", "postalCode>postalcode");
        (crm.DisplayName(customer), crm.Name(account)).Should().Be((value, value));
        var left = (await crm.ConflictsAsync()).Should().ContainSingle().Subject;
        left.Fields.Select(field => field.FieldMapping.Value).Should().Equal("postalCode>postalcode");
    }

    [Theory]
    [InlineData("phone>")]
    [InlineData(">")]
    [InlineData("a>b>c")]
    [InlineData("postalCode>postalcode|name")]
    public async Task Key_with_the_separators_of_the_engine_is_resolved_too(string key)
    {
        using var crm = NewFixture(new CustomFieldMapping(key, "displayName", "name"));
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("name", "Theirs"));
        _ = await crm.ModifiedAsync();
        var conflict = (await crm.ConflictsAsync()).Should().ContainSingle().Subject;

        _ = await crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, SyncSide.Local);

        crm.Name(account).Should().Be("Ours");
        (await crm.ConflictsAsync()).Should().BeEmpty();
        (await crm.ConflictsAsync(includeResolved: true)).SelectMany(item => item.Fields)
            .Should().OnlyContain(field => field.FieldMapping.Value == key);
    }

    [Fact]
    public async Task Error_of_a_field_names_the_key_of_its_field_mapping()
    {
        using var crm = NewFixture(
            new CustomFieldMapping("phone", "displayName", "name") { Converter = new RefusingConverter() });
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        var job = await crm.FullAsync();

        var error = (await crm.ErrorsAsync(job)).Should().ContainSingle().Which.Error;
        (error.Code, error.Field).Should().Be((SyncErrorCodes.ValueNotConvertible, "phone"));
    }

    [Fact]
    public async Task Own_key_survives_a_change_of_the_mapping_which_refines_the_field_between_the_same_two_fields()
    {
        using var crm = NewFixture(new CustomFieldMapping("phone", "displayName", "name"));
        var fields = crm.Engine.Mappings["CUSTOMER"].Fields.Count;

        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping
            .OnlyCoupledRecords(false)
            .Field("displayName", "name", field => field.SkipBlank()));

        var changed = crm.Engine.Mappings["CUSTOMER"].Fields;
        changed.Should().HaveCount(fields).And.ContainSingle(field => field.Key == "phone").Which.SkipsBlank.Should()
            .BeTrue();
        (await crm.FullAsync()).Status.Should().Be(SyncJobStatus.Finished);
    }

    [Fact]
    public void Own_key_survives_the_configuration_of_the_mapping()
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(sync => sync
            .UseLocal(_ => CrmTables.NewLocal(TimeProvider.System))
            .UseIntegration(_ => CrmTables.NewIntegration(TimeProvider.System))
            .UseInMemoryStore()
            .AddMapping(MappingWith(new CustomFieldMapping("phone", "displayName", "name")))
            .ConfigureMapping("CUSTOMER", mapping => mapping.OnUpdateConflict(UpdateConflictPolicy.NewestWins)));
        using var provider = services.BuildServiceProvider();

        var mapping = provider.GetRequiredService<SyncEngine>().Mappings["CUSTOMER"];

        mapping.UpdateConflictPolicy.Should().Be(UpdateConflictPolicy.NewestWins);
        mapping.Fields.Select(field => field.Key.Value).Should().Equal("postalCode>postalcode", "phone");
    }

    [Fact]
    public async Task Two_enabled_field_mappings_of_one_key_are_refused()
    {
        using var crm = NewFixture(
            new CustomFieldMapping("phone", "displayName", "name"),
            new CustomFieldMapping("phone", "number", "accountnumber"));

        var validate = () => crm.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems
            .Should().Equal("Mapping 'CUSTOMER': 2 field mappings have the key 'phone'.");
    }

    [Fact]
    public async Task Disabled_field_mapping_may_share_the_key_of_an_enabled_one()
    {
        using var crm = NewFixture(
            new CustomFieldMapping("phone", "displayName", "name"),
            new CustomFieldMapping("phone", "number", "accountnumber") { IsEnabled = false });

        var validate = () => crm.Engine.ValidateAsync();

        await validate.Should().NotThrowAsync();
    }

    private static EngineFixture NewFixture(params IFieldMapping[] fields) => new(new FixtureOptions
    {
        Engine = options => options with { Mappings = [CrmTables.Salesperson(), MappingWith(fields)] },
    });

    private static IntegrationTableMapping MappingWith(params IFieldMapping[] fields)
    {
        var mapping = new IntegrationTableMappingBuilder("CUSTOMER")
            .Between("customers", "account")
            .Field("postalCode", "postalcode")
            .OnlyCoupledRecords(false)
            .Build();
        return mapping with { Fields = [.. mapping.Fields, .. fields] };
    }

    private sealed class RefusingConverter : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue local) => throw new FormatException();

        public FieldValue ToLocal(FieldValue integration) => throw new FormatException();
    }
}
