using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.References;

/// <content>Circles that lead through two mappings.</content>
public sealed partial class CircleTests
{
    [Theory]
    [InlineData(SyncSide.Local, true)]
    [InlineData(SyncSide.Integration, true)]
    [InlineData(SyncSide.Local, false)]
    [InlineData(SyncSide.Integration, false)]
    public async Task Circle_through_two_mappings_lands_in_one_run_of_all_mappings(SyncSide source, bool isFull)
    {
        using var crm = new CircleFixture();
        if (!isFull)
        {
            _ = await crm.Engine.SynchronizeFullAsync();
            crm.Later();
        }

        InsertWithContact(crm, source);
        var preview = await crm.Engine.PreviewAsync(isFull ? SyncJobKind.Full : SyncJobKind.Modified);

        var jobs = isFull
            ? await crm.Engine.SynchronizeFullAsync()
            : await crm.Engine.SynchronizeModifiedAsync();

        ContactsShouldAgree(crm);
        jobs.Select(job => (job.Key.Mapping, job.Counters.Inserted, job.Counters.Failed, job.Status))
            .Should().Equal(
                ("CUSTOMER", 1, 0, SyncJobStatus.Finished), ("CONTACT", 1, 0, SyncJobStatus.Finished));
        preview.Jobs.Select(job => job.Counters).Should().Equal(jobs.Select(job => job.Counters));
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.FailuresAsync("CONTACT")).Should().BeEmpty();
        await ShouldBeAtRestAsync(crm);
        ContactsShouldAgree(crm);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Circle_through_two_mappings_lands_in_runs_of_single_mappings(SyncSide source)
    {
        using var crm = new CircleFixture();
        InsertWithContact(crm, source);

        foreach (var mapping in new[] { "CUSTOMER", "CONTACT", "CUSTOMER", "CONTACT" })
        {
            _ = await crm.Engine.SynchronizeTableAsync(mapping);
        }

        ContactsShouldAgree(crm);
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.FailuresAsync("CONTACT")).Should().BeEmpty();
        await ShouldBeAtRestAsync(crm);
    }

    private static void InsertWithContact(CircleFixture crm, SyncSide source)
    {
        if (source == SyncSide.Local)
        {
            var person = crm.Contacts.Insert(("displayName", "Anna"), ("company", "A")).Id;
            _ = crm.Customers.Insert(("displayName", "A"), ("number", "A"), ("contactId", person));
        }
        else
        {
            var account = crm.Accounts.Insert(("name", "A")).Id;
            var person = crm.Persons.Insert(
                ("fullname", "Anna"), ("parentcustomerid", FieldValue.Reference(account, "account"))).Id;
            _ = crm.Accounts.Update(account, ("primarycontactid", FieldValue.Reference(person, "contact")));
        }
    }

    private static void ContactsShouldAgree(CircleFixture crm)
    {
        var (customer, contact) = (crm.Customers.Records.Single(), crm.Contacts.Records.Single());
        var (account, person) = (crm.Accounts.Records.Single(), crm.Persons.Records.Single());
        customer["contactId"].AsIdentifier().Should().Be(contact.Id);
        contact["company"].Should().Be(customer["number"]);
        account["primarycontactid"].AsIdentifier().Should().Be(person.Id);
        person["parentcustomerid"].AsIdentifier().Should().Be(account.Id);
    }
}
