using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Deletions;

/// <summary>Deletions by the engine that the other system extends to records nobody deleted.</summary>
public sealed class CascadeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deletion_that_would_delete_contacts_too_is_a_conflict_that_names_them(bool isFull)
    {
        using var crm = new CascadeFixture(CascadePolicy.Ask);
        var (customer, contacts) = await crm.NewCompanyAsync();
        var persons = crm.Persons.Records.Select(record => record.Id).ToList();
        crm.Customers.Delete(customer);

        var preview = await crm.Engine.PreviewAsync(isFull ? SyncJobKind.Full : SyncJobKind.Modified);
        var jobs = isFull ? await crm.Engine.SynchronizeFullAsync() : await crm.Engine.SynchronizeModifiedAsync();

        (crm.Accounts.Count, crm.Persons.Count, crm.Contacts.Count).Should().Be((21, 2, 2));
        jobs[0].Counters.Should().BeEquivalentTo(new { Conflicted = 1, Deleted = 0, Failed = 0 });
        preview.Jobs[0].Counters.Should().Be(jobs[0].Counters);
        var conflict = (await crm.Engine.Issues.ListConflictsAsync("CUSTOMER").ToListAsync()).Should().ContainSingle().Subject;
        conflict.Kind.Should().Be(ConflictKind.LocalDeletion);
        persons.Should().AllSatisfy(id => conflict.Reason.Should().Contain($"CONTACT {id}"));
        preview.Errors.Should().Contain(error => error.Error.Code == SyncErrorCodes.CascadingDeletion
            && persons.All(id => error.Error.Message.Contains($"{id}")));
        contacts.Should().OnlyContain(id => crm.Contacts.Find(id) != null);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Allowed_deletion_uncouples_the_contacts_and_keeps_their_partners(bool isLate, bool isEditedMeanwhile)
    {
        using var crm = new CascadeFixture(CascadePolicy.Uncouple, isLate);
        var (customer, contacts) = await crm.NewCompanyAsync();
        crm.Customers.Delete(customer);
        var preview = await crm.Engine.PreviewAsync(SyncJobKind.Modified);

        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Restart();
        if (isEditedMeanwhile)
        {
            _ = crm.Contacts.Update(contacts[0], ("displayName", "Edited"));
            _ = crm.Persons.Update(crm.Persons.Records[1].Id, ("fullname", "Changed"));
            _ = await crm.Engine.SynchronizeModifiedAsync();
        }

        crm.Integration.CompleteCascades();
        crm.Later();
        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Later();
        var jobs = await crm.Engine.SynchronizeFullAsync();

        preview.Operations.Where(operation => operation.IsCascade).Select(operation => (operation.Mapping, operation.Kind))
            .Should().Equal(("CONTACT", WriteKind.Delete), ("CONTACT", WriteKind.Delete));
        (crm.Accounts.Count, crm.Persons.Count).Should().Be((20, 0));
        contacts.Should().OnlyContain(id => crm.Contacts.Find(id) != null);
        (await crm.Engine.Couplings.ListAsync("CONTACT").ToListAsync()).Should().BeEmpty();
        jobs.Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
    }

    [Fact]
    public async Task Person_who_resolves_the_conflict_for_the_deletion_has_seen_the_names()
    {
        using var crm = new CascadeFixture(CascadePolicy.Ask);
        var (customer, contacts) = await crm.NewCompanyAsync();
        crm.Customers.Delete(customer);
        _ = await crm.Engine.SynchronizeModifiedAsync();
        var conflict = (await crm.Engine.Issues.ListConflictsAsync("CUSTOMER").ToListAsync()).Single();

        _ = await crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, SyncSide.Local);
        crm.Later();
        _ = await crm.Engine.SynchronizeModifiedAsync();

        (crm.Accounts.Count, crm.Persons.Count).Should().Be((20, 0));
        contacts.Should().OnlyContain(id => crm.Contacts.Find(id) != null);
        (await crm.Engine.Issues.ListConflictsAsync("CUSTOMER").ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Contact_whose_partner_was_deleted_too_is_no_obstacle()
    {
        using var crm = new CascadeFixture(CascadePolicy.Ask);
        var (customer, contacts) = await crm.NewCompanyAsync();
        crm.Customers.Delete(customer);
        contacts.ForEach(crm.Contacts.Delete);

        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Later();
        _ = await crm.Engine.SynchronizeModifiedAsync();

        (crm.Accounts.Count, crm.Persons.Count).Should().Be((20, 0));
        (await crm.Engine.Couplings.ListAsync("CONTACT").ToListAsync()).Should().BeEmpty();
        (await crm.Engine.Issues.ListConflictsAsync("CUSTOMER").ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Fuse_counts_what_the_system_would_delete_as_a_consequence()
    {
        using var crm = new CascadeFixture(CascadePolicy.Uncouple);
        var (customer, _) = await crm.NewCompanyAsync(contacts: 12);
        crm.Customers.Delete(customer);

        var jobs = await crm.Engine.SynchronizeModifiedAsync();

        jobs[0].Status.Should().Be(SyncJobStatus.Stopped);
        (crm.Accounts.Count, crm.Persons.Count).Should().Be((21, 12));
        _ = await crm.Engine.SynchronizeModifiedAsync(new() { AllowsMassDeletion = true });
        crm.Later();
        _ = await crm.Engine.SynchronizeModifiedAsync();
        (crm.Accounts.Count, crm.Persons.Count, crm.Contacts.Count).Should().Be((20, 0, 12));
    }

    [Theory]
    [InlineData(DeletionPolicy.None)]
    [InlineData(DeletionPolicy.RestoreRecords)]
    [InlineData(DeletionPolicy.RemoveCoupling)]
    public async Task Announced_deletion_follows_no_policy_of_the_contacts(DeletionPolicy contacts)
    {
        using var crm = new CascadeFixture(CascadePolicy.Uncouple, contacts: contacts);
        var (customer, people) = await crm.NewCompanyAsync();
        crm.Customers.Delete(customer);

        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Later();
        _ = await crm.Engine.SynchronizeModifiedAsync();

        (crm.Accounts.Count, crm.Persons.Count).Should().Be((20, 0));
        people.Should().OnlyContain(id => crm.Contacts.Find(id) != null);
        (await crm.Engine.Couplings.ListAsync("CONTACT").ToListAsync()).Should().BeEmpty();
        crm.Later();
        var full = await crm.Engine.SynchronizeFullAsync("CONTACT");
        (full.Counters.Inserted, crm.Persons.Count).Should().Be((0, 0));
    }

    [Fact]
    public async Task Deletion_that_is_announced_while_the_contacts_are_being_run_is_recognized_by_that_run()
    {
        using var crm = new CascadeFixture(CascadePolicy.Uncouple);
        var (customer, contacts) = await crm.NewCompanyAsync();
        crm.Customers.Delete(customer);
        var gate = new TableGate("contacts");
        crm.Local.Faults.BeforeCall = gate.HoldAsync;

        var run = crm.Engine.SynchronizeTableAsync("CONTACT");
        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");
        crm.Persons.Count.Should().Be(0, "the system has deleted the contacts of the account");
        gate.Open("contacts");
        _ = await run;

        contacts.Should().OnlyContain(id => crm.Contacts.Find(id) != null);
        (await crm.Engine.Couplings.ListAsync("CONTACT").ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Child_of_the_same_mapping_keeps_its_partner()
    {
        using var crm = new CascadeFixture(CascadePolicy.Uncouple, parentField: "parentaccountid");
        var (customer, _) = await crm.NewCompanyAsync(contacts: 0);
        var parent = crm.Accounts.Records.Single(record => record["name"].AsText() == "Adatum").Id;
        var child = crm.Accounts.Records.First(record => record["name"].AsText() == "Other 1").Id;
        _ = crm.Accounts.Update(child, ("parentaccountid", FieldValue.Reference(parent, "account")));
        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Later();
        crm.Customers.Delete(customer);

        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Later();
        _ = await crm.Engine.SynchronizeModifiedAsync();

        (crm.Accounts.Count, crm.Customers.Count).Should().Be((19, 20));
        (await crm.Engine.Couplings.ListAsync("CUSTOMER").ToListAsync()).Should().HaveCount(19);
    }

    [Fact]
    public async Task Refused_deletion_announces_nothing()
    {
        using var crm = new CascadeFixture(CascadePolicy.Uncouple);
        var (customer, contacts) = await crm.NewCompanyAsync();
        crm.Customers.Delete(customer);
        crm.Integration.Faults.OnWrite = (_, operation) =>
            operation.Kind == WriteKind.Delete ? InMemoryWriteFault.Rejected : InMemoryWriteFault.None;
        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Restart();

        crm.Persons.Delete(crm.Persons.Records.Single(record => record["fullname"].AsText() == "Person 1").Id);
        _ = await crm.Engine.SynchronizeTableAsync("CONTACT");

        crm.Contacts.Find(contacts[0]).Should().BeNull();
        crm.Contacts.Find(contacts[1]).Should().NotBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kill_around_the_deletion_never_deletes_a_partner(bool isLate)
    {
        for (var moment = 1; ; moment++)
        {
            foreach (var isAfter in new[] { false, true })
            {
                using var crm = new CascadeFixture(CascadePolicy.Uncouple, isLate);
                var (customer, contacts) = await crm.NewCompanyAsync();
                crm.Customers.Delete(customer);
                var commits = 0;
                void Count(int call, StoreCommit? commit)
                {
                    if (commit is not null && ++commits == moment)
                    {
                        throw new CrashException();
                    }
                }

                _ = isAfter ? crm.Store.After = Count : crm.Store.Before = Count;
                var isKilled = true;
                try
                {
                    _ = await crm.Engine.SynchronizeModifiedAsync();
                    isKilled = false;
                }
                catch (Exception killed) when (killed is CrashException or SyncRunException)
                {
                }

                crm.Restart();
                _ = await crm.Engine.SynchronizeModifiedAsync();
                crm.Integration.CompleteCascades();
                crm.Later();
                _ = await crm.Engine.SynchronizeModifiedAsync();

                contacts.Should().OnlyContain(id => crm.Contacts.Find(id) != null);
                (crm.Accounts.Count, crm.Persons.Count).Should().Be((20, 0));
                if (!isKilled)
                {
                    moment.Should().BeGreaterThan(3);
                    return;
                }
            }
        }
    }

    [Theory]
    [InlineData(CascadePolicy.Ask)]
    [InlineData(CascadePolicy.Uncouple)]
    public async Task Edit_of_a_contact_that_nobody_has_synchronized_yet_is_not_deleted_with_its_account(CascadePolicy policy)
    {
        using var crm = new CascadeFixture(policy);
        var (customer, _) = await crm.NewCompanyAsync();
        crm.Customers.Delete(customer);
        var edited = crm.Persons.Update(crm.Persons.Records[0].Id, ("fullname", "Edited"));

        var jobs = await crm.Engine.SynchronizeModifiedAsync();

        jobs[0].Counters.Conflicted.Should().Be(1);
        crm.Persons.Find(edited.Id).Should().NotBeNull();
        var conflict = (await crm.Engine.Issues.ListConflictsAsync("CUSTOMER").ToListAsync()).Should().ContainSingle().Subject;
        conflict.Reason.Should().Contain($"CONTACT {edited.Id}");
        _ = await crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, SyncSide.Local);
        crm.Persons.Count.Should().Be(0, "a person has seen the names");
    }

    [Theory]
    [InlineData(CascadePolicy.Ask, false)]
    [InlineData(CascadePolicy.Uncouple, false)]
    [InlineData(CascadePolicy.Ask, true)]
    [InlineData(CascadePolicy.Uncouple, true)]
    public async Task New_contact_that_exists_nowhere_else_is_not_deleted_with_its_account(CascadePolicy policy, bool onlyCoupled)
    {
        using var crm = new CascadeFixture(policy, changeContact: mapping => _ = mapping.OnlyCoupledRecords(onlyCoupled));
        var (customer, _) = await crm.NewCompanyAsync(contacts: 0);
        var account = crm.Accounts.Records.Single(record => record["name"].AsText() == "Adatum").Id;
        crm.Customers.Delete(customer);
        var entered = crm.Persons.Insert(("fullname", "New"), ("parentcustomerid", FieldValue.Reference(account, "account")));

        var preview = await crm.Engine.PreviewAsync(SyncJobKind.Modified);
        _ = await crm.Engine.SynchronizeModifiedAsync();

        crm.Persons.Find(entered.Id).Should().NotBeNull();
        (await crm.Engine.Issues.ListConflictsAsync("CUSTOMER").ToListAsync()).Should().ContainSingle()
            .Which.Reason.Should().Contain($"CONTACT {entered.Id}");
        preview.Operations.Should().NotContain(operation => operation.Kind == WriteKind.Delete);
    }

    [Theory]
    [InlineData(CascadePolicy.Ask)]
    [InlineData(CascadePolicy.Uncouple)]
    public async Task Deletion_waits_while_the_mapping_of_the_contacts_cannot_be_run(CascadePolicy policy)
    {
        using var crm = new CascadeFixture(policy);
        var (customer, contacts) = await crm.NewCompanyAsync();
        crm.Customers.Delete(customer);
        crm.Restart();
        var failures = 1;
        crm.Integration.Faults.BeforeCall = (call, _) =>
            call is { Operation: InMemoryOperation.GetSchema, Table: "contact" } && failures-- > 0
            ? throw new ConnectorException("CRM", ConnectorFailure.Throttled, "Later.")
            : default;

        var run = () => crm.Engine.SynchronizeModifiedAsync();

        await run.Should().ThrowAsync<SyncRunException>();
        (crm.Accounts.Count, crm.Persons.Count).Should().Be((21, 2));
        (await crm.Engine.Issues.ListFailuresAsync("CUSTOMER").ToListAsync()).Should().ContainSingle()
            .Which.Error.Message.Should().Contain("CONTACT");
        crm.Integration.Faults.Clear();
        crm.Later();
        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Accounts.Count.Should().Be(policy == CascadePolicy.Uncouple ? 20 : 21);
        contacts.Should().OnlyContain(id => crm.Contacts.Find(id) != null);
    }

    [Fact]
    public async Task New_contact_below_a_child_account_is_found_at_the_second_level()
    {
        using var crm = new CascadeFixture(CascadePolicy.Uncouple, parentField: "parentaccountid");
        var (customer, _) = await crm.NewCompanyAsync(contacts: 0);
        var parent = crm.Accounts.Records.Single(record => record["name"].AsText() == "Adatum").Id;
        var child = crm.Accounts.Records.First(record => record["name"].AsText() == "Other 1").Id;
        _ = crm.Accounts.Update(child, ("parentaccountid", FieldValue.Reference(parent, "account")));
        var entered = crm.Persons.Insert(("fullname", "New"), ("parentcustomerid", FieldValue.Reference(child, "account")));
        crm.Customers.Delete(customer);

        _ = await crm.Engine.SynchronizeModifiedAsync();

        crm.Persons.Find(entered.Id).Should().NotBeNull();
        crm.Accounts.Find(child).Should().NotBeNull();
        (await crm.Engine.Issues.ListConflictsAsync("CUSTOMER").ToListAsync()).Should().ContainSingle()
            .Which.Reason.Should().Contain($"CONTACT {entered.Id}");
    }

    public static TheoryData<string> ContactsThatNoMappingTakes => new("outside the filter", "against the direction");

    [Theory]
    [MemberData(nameof(ContactsThatNoMappingTakes))]
    public async Task New_contact_that_no_run_would_synchronize_is_no_obstacle(string reason)
    {
        using var crm = new CascadeFixture(CascadePolicy.Uncouple, changeContact: mapping => _ = reason switch
        {
            "outside the filter" => mapping.IntegrationFilter(RecordFilter.NotEqual("fullname", FieldValue.Text("New"))),
            _ => mapping.Direction(SyncDirection.ToIntegrationTable),
        });
        var (customer, _) = await crm.NewCompanyAsync(contacts: 0);
        var account = crm.Accounts.Records.Single(record => record["name"].AsText() == "Adatum").Id;
        _ = crm.Persons.Insert(("fullname", "New"), ("parentcustomerid", FieldValue.Reference(account, "account")));
        crm.Customers.Delete(customer);

        _ = await crm.Engine.SynchronizeModifiedAsync();

        crm.Accounts.Find(account).Should().BeNull();
    }

    [Fact]
    public async Task Edit_that_would_not_travel_is_no_obstacle()
    {
        using var crm = new CascadeFixture(
            CascadePolicy.Uncouple, changeContact: mapping => mapping.Direction(SyncDirection.ToIntegrationTable));
        var (customer, contacts) = await crm.NewCompanyAsync();
        _ = crm.Persons.Update(crm.Persons.Records[0].Id, ("fullname", "Edited"));
        crm.Customers.Delete(customer);

        _ = await crm.Engine.SynchronizeModifiedAsync();

        (crm.Accounts.Count, crm.Persons.Count).Should().Be((20, 0));
        contacts.Should().OnlyContain(id => crm.Contacts.Find(id) != null);
    }

    [Fact]
    public async Task Partner_that_one_answer_lacks_counts_as_existing()
    {
        using var crm = new CascadeFixture(CascadePolicy.Ask);
        var (customer, contacts) = await crm.NewCompanyAsync();
        crm.Customers.Delete(customer);
        foreach (var contact in contacts)
        {
            crm.Contacts.Hide(contact);
        }

        _ = await crm.Engine.SynchronizeModifiedAsync();

        (crm.Accounts.Count, crm.Persons.Count).Should().Be((21, 2));
        (await crm.Engine.Issues.ListConflictsAsync("CUSTOMER").ToListAsync()).Should().ContainSingle();
    }

    private sealed class CrashException : Exception;
}
