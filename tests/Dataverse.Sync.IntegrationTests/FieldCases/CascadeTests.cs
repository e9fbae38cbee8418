using Dataverse.Sync.Testing;

namespace Dataverse.Sync.IntegrationTests.FieldCases;

/// <summary>Contacts that Dataverse deletes together with an account, over HTTP.</summary>
public sealed class CascadeTests
{
    [Theory]
    [InlineData(CascadePolicy.Ask, false)]
    [InlineData(CascadePolicy.Uncouple, false)]
    [InlineData(CascadePolicy.Uncouple, true)]
    public async Task Contacts_of_a_deleted_account_keep_their_partners(CascadePolicy policy, bool isLate)
    {
        await using var bench = await FieldCaseBench.StartAsync(
            mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord).OnCascade(policy).ScanForDeletionsEvery(TimeSpan.Zero),
            new() { CascadesLate = isLate },
            second: new IntegrationTableMappingBuilder("CONTACT").Between("contacts", "contact").OnlyCoupledRecords(false)
                .Field("displayName", "lastname").OnDeletion(DeletionPolicy.DeleteRecord).ScanForDeletionsEvery(TimeSpan.Zero).Build());
        var customer = bench.Customer("Adatum");
        foreach (var number in Enumerable.Range(1, 12))
        {
            _ = bench.Customer($"Other {number}");
        }

        var contact = bench.BusinessCentral.Table("contacts").Insert(new() { ["displayName"] = "Berg" })["id"]!.GetValue<Guid>();
        _ = await bench.AllAsync();
        _ = await bench.AllAsync();
        var account = (await bench.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Local, customer))!.IntegrationId;
        var person = (await bench.Engine.Couplings.FindAsync("CONTACT", SyncSide.Local, contact))!.IntegrationId;
        _ = bench.Dataverse.Table("contact").Update(person, ("parentcustomerid", new DataverseReference("account", account)));
        _ = await bench.AllAsync();
        bench.Dataverse.Requests.Reset();
        bench.Customers.Delete(customer);

        _ = await bench.AllAsync();
        bench.Dataverse.CompleteCascades();
        _ = await bench.AllAsync();
        _ = await bench.AllAsync();

        bench.BusinessCentral.Table("contacts").Get(contact).Should().NotBeNull();
        (bench.Accounts.Find(account) is null).Should().Be(policy == CascadePolicy.Uncouple);
        (bench.Dataverse.Table("contact").Find(person) is null).Should().Be(policy == CascadePolicy.Uncouple);
        bench.Dataverse.Requests.Entries.Count(request => request.PathAndQuery.Contains("OneToManyRelationships", StringComparison.Ordinal))
            .Should().BeLessThanOrEqualTo(2);
        var conflicts = await bench.Engine.Issues.ListConflictsAsync("CUSTOMER").ToListAsync();
        conflicts.Select(conflict => conflict.Reason!.Contains($"{person}", StringComparison.Ordinal))
            .Should().Equal(policy == CascadePolicy.Ask ? [true] : []);
    }
}
