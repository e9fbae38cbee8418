using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Metadata;
using static Dataverse.Sync.OrganizationService.Emulator.Tests.ServiceBench;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>RetrieveEntity.</summary>
public sealed class MetadataTests
{
    [Fact]
    public async Task Tables_are_described_in_the_SDKs_types()
    {
        await using var bench = await StartAsync();

        var account = await ReadAsync(bench, EntityFilters.All);

        (account.LogicalName, account.EntitySetName, account.PrimaryIdAttribute, account.ChangeTrackingEnabled)
            .Should().Be(("account", "accounts", "accountid", true));
        Column<StringAttributeMetadata>(account, "name").Should().BeEquivalentTo(new { MaxLength = 160, IsPrimaryName = true, IsValidForUpdate = true });
        Column<MoneyAttributeMetadata>(account, "creditlimit").PrecisionSource.Should().Be(2);
        Column<DateTimeAttributeMetadata>(account, "createdon").DateTimeBehavior.Value.Should().Be("UserLocal");
        Column<LookupAttributeMetadata>(account, "primarycontactid").Targets.Should().Equal("contact");
        Column<StatusAttributeMetadata>(account, "statuscode").OptionSet.Options.OfType<StatusOptionMetadata>()
            .Select(option => (option.Value, option.State, option.Label.UserLocalizedLabel.Label))
            .Should().Equal((1, 0, "Active"), (2, 1, "Inactive"));
        Column<AttributeMetadata>(account, "ownerid").AttributeType.Should().Be(AttributeTypeCode.Owner);
        account.Privileges.Should().Contain(privilege => privilege.PrivilegeType == PrivilegeType.Create);
        account.OneToManyRelationships.Should().Contain(found => found.ReferencingEntity == "contact" && found.CascadeConfiguration != null);
    }

    [Fact]
    public async Task Parts_that_nobody_asks_for_are_missing()
    {
        await using var bench = await StartAsync();

        var account = await ReadAsync(bench, EntityFilters.Entity);

        new object?[] { account.Attributes, account.Privileges, account.OneToManyRelationships }.Should().OnlyContain(part => part == null);
    }

    [Fact]
    public async Task Unknown_tables_are_refused()
    {
        await using var bench = await StartAsync();

        (await bench.CodeOfAsync(new RetrieveEntityRequest { LogicalName = "unknown", EntityFilters = EntityFilters.Entity })).Should().Be("0x80040217");
    }

    private static T Column<T>(EntityMetadata table, string name)
        where T : AttributeMetadata =>
        table.Attributes.Single(column => column.LogicalName == name).Should().BeAssignableTo<T>().Subject;

    private static async Task<EntityMetadata> ReadAsync(ServiceBench bench, EntityFilters parts) =>
        (await bench.ExecuteAsync<RetrieveEntityResponse>(new RetrieveEntityRequest { LogicalName = "account", EntityFilters = parts })).EntityMetadata;
}
