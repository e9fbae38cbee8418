using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>A found record that contains something else than what was sent: no value of its source is lost, and none of its own.</summary>
public sealed class AdoptedInsertTests
{
    [Theory]
    [InlineData(SyncJobKind.Modified)]
    [InlineData(SyncJobKind.Full)]
    public async Task A_state_that_never_arrived_is_sent_again_and_does_not_travel_back(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum"), ("blocked", true)).Id;
        await LoseAnswerAsync(crm, account => crm.Accounts.Update(account, ("inactive", false)));

        await RunAsync(crm, kind);
        await RunAsync(crm, kind);

        crm.Customers.Find(customer)!["blocked"].AsBoolean().Should().BeTrue();
        crm.Accounts.Records.Should().ContainSingle().Which["inactive"].AsBoolean().Should().BeTrue();
        (await crm.ConflictsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SyncJobKind.Modified)]
    [InlineData(SyncJobKind.Full)]
    public async Task A_value_that_never_arrived_is_sent_again(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum"), ("postalCode", "1000"), ("creditLimit", 5m)).Id;
        await LoseAnswerAsync(crm, account => crm.Accounts.Update(account, ("postalcode", null), ("creditlimit", null)));

        await RunAsync(crm, kind);

        crm.Customers.Find(customer)!["postalCode"].AsText().Should().Be("1000");
        var account = crm.Accounts.Records.Should().ContainSingle().Which;
        (account["postalcode"].AsText(), account["creditlimit"].AsDecimal()).Should().Be(("1000", 5m));
    }

    [Theory]
    [InlineData(SyncJobKind.Modified)]
    [InlineData(SyncJobKind.Full)]
    public async Task An_edit_made_before_the_record_was_found_travels_back(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum"), ("postalCode", "1000"), ("creditLimit", 5m)).Id;
        await LoseAnswerAsync(crm, account => crm.Accounts.Update(account, ("postalcode", "EDITED"), ("creditlimit", 7m)));

        await RunAsync(crm, kind);

        var found = crm.Customers.Find(customer)!;
        (found["postalCode"].AsText(), found["creditLimit"].AsDecimal()).Should().Be(("EDITED", 7m));
        var account = crm.Accounts.Records.Should().ContainSingle().Which;
        (account["postalcode"].AsText(), account["creditlimit"].AsDecimal()).Should().Be(("EDITED", 7m));
        (await crm.ConflictsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SyncJobKind.Modified)]
    [InlineData(SyncJobKind.Full)]
    public async Task Edits_of_both_records_made_before_the_new_one_was_found_are_a_conflict(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum"), ("postalCode", "1000")).Id;
        await LoseAnswerAsync(crm, account =>
        {
            crm.Accounts.Update(account, ("postalcode", "EDITED"));
            crm.Customers.Update(customer, ("postalCode", "2000"));
        });

        await RunAsync(crm, kind);

        (await crm.ConflictsAsync()).Should().ContainSingle().Which.Fields.Should().ContainSingle()
            .Which.Resolution.Should().Be(ConflictResolution.Open);
        crm.Customers.Find(customer)!["postalCode"].AsText().Should().Be("2000");
        crm.Accounts.Records.Should().ContainSingle().Which["postalcode"].AsText().Should().Be("EDITED");
    }

    [Theory]
    [InlineData(SyncJobKind.Modified)]
    [InlineData(SyncJobKind.Full)]
    public async Task A_value_that_never_arrived_in_a_column_that_cannot_be_read_does_not_clear_its_source(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum"), ("postalCode", "1000")).Id;
        crm.Accounts.ChangeField("postalcode", field => field with { CanRead = false });
        await LoseAnswerAsync(crm, account => crm.Accounts.Update(account, ("postalcode", null)));
        await RunAsync(crm, kind);
        crm.Accounts.ChangeField("postalcode", field => field with { CanRead = true });
        crm.Time.Advance(TimeSpan.FromHours(2));
        _ = crm.Accounts.Update(crm.Accounts.Records.Should().ContainSingle().Which.Id, ("name", "Edited"));

        await RunAsync(crm, kind);

        crm.Customers.Find(customer)!["postalCode"].AsText().Should().Be("1000");
        crm.Accounts.Records[0]["postalcode"].AsText().Should().Be("1000");
    }

    [Theory]
    [InlineData(SyncJobKind.Modified)]
    [InlineData(SyncJobKind.Full)]
    public async Task A_value_of_a_one_way_field_that_may_not_have_arrived_in_a_column_that_cannot_be_read_is_sent_again(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping.Field("postalCode", "postalcode", field => field.ToIntegration()));
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("postalCode", "1000"));
        crm.Accounts.ChangeField("postalcode", field => field with { CanRead = false });
        await LoseAnswerAsync(crm, account => crm.Accounts.Update(account, ("postalcode", null)));

        await RunAsync(crm, kind);

        crm.Accounts.Records.Should().ContainSingle().Which["postalcode"].AsText().Should().Be("1000");
    }

    [Theory]
    [InlineData(SyncJobKind.Modified)]
    [InlineData(SyncJobKind.Full)]
    public async Task A_value_that_was_entered_where_the_insert_left_a_blank_does_not_replace_its_source_without_a_trace(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum"), ("postalCode", "1000"), ("creditLimit", 5m)).Id;
        await LoseAnswerAsync(crm, account => crm.Accounts.Update(account, ("postalcode", null), ("creditlimit", 9m)));

        await RunAsync(crm, kind);
        await RunAsync(crm, kind);

        var account = crm.Accounts.Records.Should().ContainSingle().Which;
        account["postalcode"].AsText().Should().Be("1000");
        var kept = (await crm.ConflictsAsync(includeResolved: true)).SelectMany(conflict => conflict.Fields)
            .SelectMany(field => new[] { field.Local, field.Integration });
        kept.Append(account["creditlimit"]).Append(crm.Customers.Find(customer)!["creditLimit"])
            .Select(value => value.AsDecimal()).Should().Contain([5m, 9m]);
    }

    private static EngineFixture NewFixture() => new(mapping => mapping.Field("blocked", "inactive"));

    // The insert is carried out in part, and its answer is lost.
    private static async Task LoseAnswerAsync(EngineFixture crm, Action<Guid> change)
    {
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        crm.Integration.Faults.AfterCall = (call, _) =>
        {
            if (call is { Operation: InMemoryOperation.Write, Table: "account" })
            {
                crm.Integration.Faults.AfterCall = null;
                change(crm.Accounts.Records.Should().ContainSingle().Which.Id);
            }

            return ValueTask.CompletedTask;
        };
        _ = await crm.ModifiedAsync();
    }

    private static async Task RunAsync(EngineFixture crm, SyncJobKind kind)
    {
        crm.Later();
        _ = kind == SyncJobKind.Full ? await crm.FullAsync() : await crm.ModifiedAsync();
    }
}
