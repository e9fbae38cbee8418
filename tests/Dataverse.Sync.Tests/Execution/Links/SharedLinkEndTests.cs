using Dataverse.Sync.Tests.Fixture;
using static Dataverse.Sync.Tests.Fixture.LinkFixture;

namespace Dataverse.Sync.Tests.Execution.Links;

/// <summary>Shared links that end: by the deletion of a record, or because a record leaves a filter.</summary>
public sealed class SharedLinkEndTests
{
    [Theory]
    [InlineData(DeletionPolicy.DeleteRecord, SyncSide.Local)]
    [InlineData(DeletionPolicy.DeleteRecord, SyncSide.Integration)]
    [InlineData(DeletionPolicy.RemoveCoupling, SyncSide.Local)]
    [InlineData(DeletionPolicy.RemoveCoupling, SyncSide.Integration)]
    [InlineData(DeletionPolicy.RestoreRecords, SyncSide.Local)]
    [InlineData(DeletionPolicy.RestoreRecords, SyncSide.Integration)]
    public async Task What_one_mapping_decides_about_a_deletion_holds_for_both(DeletionPolicy policy, SyncSide side)
    {
        using var crm = new LinkFixture(mapping => mapping.OnDeletion(policy));
        var (customer, account) = await crm.NewPairAsync();
        if (side == SyncSide.Local)
        {
            crm.Customers.Delete(customer);
        }
        else
        {
            crm.Accounts.Delete(account);
        }

        await crm.ConvergeAsync();

        var expected = policy switch
        {
            DeletionPolicy.DeleteRecord => (0, 0, 0),
            DeletionPolicy.RestoreRecords => (1, 1, 1),
            _ => side == SyncSide.Local ? (0, 1, 0) : (1, 0, 0),
        };
        (crm.Customers.Count, crm.Accounts.Count, (await crm.LinksAsync(Names)).Count).Should().Be(expected);
        (await crm.LinksAsync(Credits)).Should().BeEquivalentTo(await crm.LinksAsync(Names));
        await crm.ShouldBeAtRestAsync(remembers: policy == DeletionPolicy.RemoveCoupling);
        if (policy == DeletionPolicy.RestoreRecords)
        {
            (crm.Customers.Records[0]["displayName"].AsText(), crm.Customers.Records[0]["creditLimit"].AsDecimal()).Should().Be(("Adatum", 10m));
            (crm.Accounts.Records[0]["name"].AsText(), crm.Accounts.Records[0]["creditlimit"].AsDecimal()).Should().Be(("Adatum", 10m));
        }
    }

    [Theory]
    [InlineData(SyncSide.Local, "creditLimit")]
    [InlineData(SyncSide.Local, "displayName")]
    [InlineData(SyncSide.Integration, "creditlimit")]
    [InlineData(SyncSide.Integration, "name")]
    public async Task A_survivor_with_an_edit_for_one_mapping_is_not_deleted_by_the_other(SyncSide survivor, string field)
    {
        using var crm = new LinkFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var (customer, account) = await crm.NewPairAsync();
        object value = field.StartsWith("credit", StringComparison.Ordinal) ? 99m : "Edited";
        if (survivor == SyncSide.Local)
        {
            crm.Customers.Update(customer, (field, value));
            crm.Accounts.Delete(account);
        }
        else
        {
            crm.Accounts.Update(account, (field, value));
            crm.Customers.Delete(customer);
        }

        await crm.ConvergeAsync();

        (crm.Customers.Count + crm.Accounts.Count).Should().Be(1);
        var conflicts = await crm.Engine.Issues.ListConflictsAsync(Names).ToListAsync();
        conflicts.AddRange(await crm.Engine.Issues.ListConflictsAsync(Credits).ToListAsync());
        conflicts.Should().NotBeEmpty();

        _ = await crm.Engine.Issues.DeleteSurvivorAsync(Names, survivor, survivor == SyncSide.Local ? customer : account);

        (crm.Customers.Count + crm.Accounts.Count).Should().Be(0);
        (await crm.LinksAsync(Credits)).Should().BeEmpty();
        (await crm.Engine.Issues.ListConflictsAsync(Credits).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_record_that_leaves_the_filter_of_one_mapping_stays_coupled_in_the_other()
    {
        using var crm = new LinkFixture(mapping =>
        {
            if (mapping.Build().Name == Credits)
            {
                _ = mapping.LocalFilter(RecordFilter.NotEqual("displayName", FieldValue.Text("Closed")))
                    .WhenOutsideFilter(OutsideFilterPolicy.Uncouple);
            }
        });
        var (customer, account) = await crm.NewPairAsync();

        crm.Customers.Update(customer, ("displayName", "Closed"), ("creditLimit", 50m));
        await crm.ConvergeAsync();
        var linksOutside = (await crm.LinksAsync(Names), await crm.LinksAsync(Credits));
        var creditOutside = crm.Accounts.Find(account)!["creditlimit"].AsDecimal();
        crm.Customers.Update(customer, ("displayName", "Open"));
        await crm.ConvergeAsync();

        linksOutside.Item1.Should().Equal((customer, account));
        linksOutside.Item2.Should().BeEmpty();
        creditOutside.Should().Be(10m);
        (await crm.LinksAsync(Credits)).Should().Equal((customer, account));
        (crm.Accounts.Find(account)!["name"].AsText(), crm.Accounts.Find(account)!["creditlimit"].AsDecimal()).Should().Be(("Open", 50m));
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }
}
