using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.References;

/// <summary>References that are blank until the record to which they refer is coupled.</summary>
public sealed class ClearedReferenceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reference_that_was_cleared_lands_by_itself_when_its_record_is_coupled(bool isFull)
    {
        using var crm = NewFixture();
        var customer = InsertCustomer(crm);

        var first = await crm.FullAsync();
        first.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        Owner(crm).IsBlank.Should().BeTrue();
        (await crm.FailuresAsync()).Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { Record = new RecordKey(SyncSide.Local, customer), State = RecordFailureState.Waiting });

        crm.Later();
        crm.ResetCounters();
        (await crm.FullAsync()).Counters.Failed.Should().Be(0);
        (await crm.ModifiedAsync()).Counters.Failed.Should().Be(0);
        crm.Writes.Should().Be(0);

        var user = await CoupleSalespersonAsync(crm);
        _ = isFull ? await crm.FullAsync() : await crm.ModifiedAsync();

        Owner(crm).AsIdentifier().Should().Be(user);
        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Later();
        crm.ResetCounters();
        _ = await crm.FullAsync();
        _ = await crm.ModifiedAsync();
        crm.Writes.Should().Be(0);
    }

    [Fact]
    public async Task Edit_in_place_of_a_cleared_reference_travels_and_is_not_overwritten()
    {
        using var crm = NewFixture();
        var other = crm.Users.Insert(("fullname", "Other"), ("internalemailaddress", "other@contoso.com")).Id;
        _ = await crm.Engine.SynchronizeFullAsync("SALESPERSON");
        var code = crm.Salespeople.Records.Single()["code"].AsText();
        var customer = InsertCustomer(crm);
        _ = await crm.FullAsync();
        crm.Later();

        _ = crm.Accounts.Update(crm.Accounts.Records.Single().Id, ("ownerid", FieldValue.Reference(other, "systemuser")));
        var job = await crm.ModifiedAsync();

        job.Counters.Conflicted.Should().Be(0);
        crm.Customers.Find(customer)!["website"].AsText().Should().Be(code);
        Owner(crm).AsIdentifier().Should().Be(other);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_several_cleared_references_each_lands_as_soon_as_its_own_record_is_coupled(bool isFirst)
    {
        using var crm = NewFixtureWithTwo();
        foreach (var code in new[] { "JO", "PS" })
        {
            _ = crm.Salespeople.Insert(("code", code), ("displayName", code), ("email", $"{code}@contoso.com"));
        }

        _ = crm.Customers.Insert(("displayName", "Adatum"), ("website", "JO"), ("salespersonCode", "PS"));
        await crm.ConvergeAsync();

        foreach (var code in isFirst ? new[] { "JO", "PS" } : ["PS", "JO"])
        {
            _ = crm.Users.Insert(("fullname", code), ("internalemailaddress", $"{code}@contoso.com"));
            _ = await crm.Engine.SynchronizeFullAsync("SALESPERSON");
            crm.Later();
            _ = await crm.ModifiedAsync();
            crm.Accounts.Records.Single()[code == "JO" ? "ownerid" : "secondid"].IsBlank.Should().BeFalse();
        }

        (await crm.FailuresAsync()).Should().BeEmpty();
        await crm.ConvergeAsync();
        crm.ResetCounters();
        _ = await crm.FullAsync();
        crm.Writes.Should().Be(0);
    }

    private static FieldValue Owner(EngineFixture crm) => crm.Accounts.Records.Single()["ownerid"];

    private static EngineFixture NewFixture() => new(mapping =>
    {
        var lookup = new LookupMapping { Via = ["SALESPERSON"], LocalKey = "code", ClearsWhenNotCoupled = true };
        _ = mapping.Lookup("salespersonCode", "ownerid", "SALESPERSON", "code", field => field.Disabled())
            .Lookup("website", "ownerid", lookup)
            .Field("website", "websiteurl", field => field.Disabled());
    });

    private static EngineFixture NewFixtureWithTwo() => new(mapping =>
    {
        var lookup = new LookupMapping { Via = ["SALESPERSON"], LocalKey = "code", ClearsWhenNotCoupled = true };
        _ = mapping.Lookup("salespersonCode", "ownerid", "SALESPERSON", "code", field => field.Disabled())
            .Lookup("website", "ownerid", lookup)
            .Lookup("salespersonCode", "secondid", lookup)
            .Field("website", "websiteurl", field => field.Disabled());
    });

    private static Guid InsertCustomer(EngineFixture crm)
    {
        _ = crm.Salespeople.Insert(("code", "JO"), ("displayName", "Jim Olive"), ("email", "jo@contoso.com"));
        return crm.Customers.Insert(("displayName", "Adatum"), ("website", "JO")).Id;
    }

    private static async Task<Guid> CoupleSalespersonAsync(EngineFixture crm)
    {
        var user = crm.Users.Insert(("fullname", "Jim Olive"), ("internalemailaddress", "jo@contoso.com")).Id;
        _ = await crm.Engine.SynchronizeFullAsync("SALESPERSON");
        crm.Later();
        return user;
    }
}
