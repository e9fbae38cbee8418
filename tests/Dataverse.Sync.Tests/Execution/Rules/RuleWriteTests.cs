using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>What rules are told about writes, and what becomes of what they answer.</summary>
public sealed class RuleWriteTests : IDisposable
{
    private readonly RequiringRule rule = new();
    private readonly EngineFixture crm;

    public RuleWriteTests() => crm = new(new FixtureOptions
    {
        Rules = [rule],
        Customer = mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord),
    });

    public void Dispose() => crm.Dispose();

    [Theory]
    [InlineData(WriteKind.Insert)]
    [InlineData(WriteKind.Update)]
    [InlineData(WriteKind.Delete)]
    public async Task AfterWrite_that_throws_fails_its_record_and_is_called_again_by_the_next_run(WriteKind kind)
    {
        await BeginAsync(kind);
        var calls = new List<WriteKind>();
        rule.After = arguments =>
        {
            calls.Add(arguments.Operation.Kind);
            throw new TimeoutException();
        };

        var first = await crm.ModifiedAsync();
        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        crm.Later();
        var second = await crm.ModifiedAsync();
        rule.After = arguments => calls.Add(arguments.Operation.Kind);
        crm.Later();
        _ = await crm.ModifiedAsync();
        crm.Later();
        var last = await crm.ModifiedAsync();

        (first.Counters.Failed, second.Counters.Failed).Should().Be((1, 1));
        failure.Error.Code.Should().Be(SyncErrorCodes.RuleFailed);
        calls.Should().Equal(kind, kind, kind);
        last.Counters.Failed.Should().Be(0);
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(WriteKind.Insert)]
    [InlineData(WriteKind.Update)]
    [InlineData(WriteKind.Delete)]
    public async Task AfterWrite_is_called_for_a_write_of_a_process_that_died(WriteKind kind)
    {
        await BeginAsync(kind);
        var calls = new List<WriteKind>();
        crm.Integration.Faults.AfterCall = (call, _) => call.Operation == InMemoryOperation.Write
            ? throw new InvalidOperationException("The process dies.")
            : ValueTask.CompletedTask;
        var run = () => crm.ModifiedAsync();
        await run.Should().ThrowAsync<InvalidOperationException>();
        crm.Restart();
        rule.After = arguments => calls.Add(arguments.Operation.Kind);

        _ = await crm.ModifiedAsync();

        calls.Should().Equal(kind);
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Edit_made_while_AfterWrite_fails_travels_when_it_succeeds()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "First"));
        rule.After = _ => throw new TimeoutException();
        _ = await crm.ModifiedAsync();
        crm.Customers.Update(customer, ("displayName", "Second"));
        crm.Later();
        _ = await crm.ModifiedAsync();
        rule.After = null;

        crm.Later();
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();

        crm.Name(account).Should().Be("Second");
    }

    [Fact]
    public async Task Rules_are_told_about_a_deletion_and_a_refusal_keeps_the_record()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Delete(customer);
        rule.Before = arguments => arguments.Operation.Kind == WriteKind.Delete
            ? RecordDecision.Skip("Accounts are never deleted.")
            : RecordDecision.Keep;

        var refused = await crm.FullAsync();
        rule.Before = null;
        var deleted = await crm.FullAsync();

        refused.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        (await crm.ErrorsAsync(refused)).Should().ContainSingle().Which.Error.Message.Should().Contain("never deleted");
        deleted.Counters.Should().Be(new SyncCounters { Deleted = 1 });
        crm.Accounts.Find(account).Should().BeNull();
    }

    [Fact]
    public async Task Rule_that_throws_about_a_deletion_fails_the_record_and_keeps_it()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Delete(customer);
        rule.Before = _ => throw new TimeoutException();

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        crm.Accounts.Find(account).Should().NotBeNull();
    }

    [Fact]
    [Trait("parity", "BC-2.1-01")]
    public async Task Rules_are_called_when_one_of_their_required_fields_changed()
    {
        rule.Transfer = SetWebsite;
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("blocked", true));

        var job = await crm.ModifiedAsync();
        crm.Later();
        var idle = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        crm.Accounts.Find(account)!["inactive"].AsBoolean().Should().BeTrue();
        idle.Counters.Should().Be(SyncCounters.None);
    }

    [Fact]
    public async Task Rules_are_called_by_a_full_run_when_one_of_their_required_fields_changed()
    {
        rule.Transfer = SetWebsite;
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("blocked", true));

        _ = await crm.FullAsync();

        crm.Accounts.Find(account)!["inactive"].AsBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Value_that_a_rule_puts_in_is_written_only_if_it_differs()
    {
        rule.Transfer = SetWebsite;
        var (customer, _) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("website", "not mapped to the integration side"));

        var job = await crm.ModifiedAsync();

        job.Counters.Modified.Should().Be(0);
        crm.Integration.RowsWritten.Should().Be(0);
    }

    [Fact]
    public async Task Field_that_the_table_does_not_have_fails_the_record_and_names_the_rule()
    {
        _ = crm.Insert(SyncSide.Local, "Adatum");
        rule.Transfer = arguments => arguments.Set("nothing", FieldValue.Text("x"));

        var job = await crm.ModifiedAsync();

        var error = (await crm.ErrorsAsync(job)).Should().ContainSingle().Subject.Error;
        (error.Code, error.Field).Should().Be((SyncErrorCodes.RuleFailed, "nothing"));
        error.Message.Should().ContainAll(nameof(RequiringRule), "'account'");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rule_that_names_a_partner_that_is_not_free_fails_the_record_with_the_reason(bool isNew)
    {
        var account = isNew ? crm.Insert(SyncSide.Integration, "Theirs") : (await crm.NewPairAsync()).Account;
        _ = crm.Insert(SyncSide.Local, "One");
        _ = crm.Insert(SyncSide.Local, "Two");
        rule.Partner = arguments => arguments.Side == SyncSide.Local ? account : null;

        var job = await crm.FullAsync();

        job.Counters.Failed.Should().Be(isNew ? 1 : 2);
        (await crm.ErrorsAsync(job)).Should().OnlyContain(error => error.Error.Message.Contains(account.ToString()));
    }

    [Fact]
    public async Task Rule_that_names_a_partner_that_does_not_exist_fails_the_record_with_the_reason()
    {
        _ = crm.Insert(SyncSide.Local, "One");
        var nobody = Guid.NewGuid();
        rule.Partner = _ => nobody;

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        (await crm.FailuresAsync()).Should().ContainSingle().Which.Error.Message.Should().Contain(nobody.ToString());
    }

    [Theory]
    [InlineData("connector")]
    [InlineData("configuration")]
    [InlineData("busy")]
    [InlineData("cancelled")]
    public async Task I23_Whatever_a_rule_throws_is_the_fault_of_its_record(string kind)
    {
        _ = crm.Insert(SyncSide.Local, "Bad");
        _ = crm.Insert(SyncSide.Local, "Good");
        rule.Transfer = arguments =>
        {
            if (arguments.Source!["displayName"].AsText() == "Bad")
            {
                throw kind switch
                {
                    "connector" => new ConnectorException("Bank", ConnectorFailure.Unreachable, "The bank is closed."),
                    "configuration" => new SyncConfigurationException(["No."]),
                    "busy" => new MappingBusyException(new("scope", "OTHER")),
                    _ => new OperationCanceledException(),
                };
            }
        };

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Inserted = 1, Failed = 1 });
    }

    private async Task BeginAsync(WriteKind kind)
    {
        if (kind == WriteKind.Insert)
        {
            await crm.ConvergeAsync();
            _ = crm.Insert(SyncSide.Local, "Adatum");
            return;
        }

        var (customer, _) = await crm.NewPairAsync();
        if (kind == WriteKind.Update)
        {
            crm.Customers.Update(customer, ("displayName", "Changed"));
        }
        else
        {
            crm.Customers.Delete(customer);
            crm.Time.Advance(TimeSpan.FromDays(1));
        }
    }

    private static void SetWebsite(FieldsTransferredArguments arguments)
    {
        if (arguments.Target == SyncSide.Integration)
        {
            var blocked = arguments.Source!["blocked"];
            arguments.Set("inactive", FieldValue.Boolean(!blocked.IsBlank && blocked.AsBoolean()));
        }
    }
}
