using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Matching;

/// <summary>A pair that matches but fails is not created a second time by the other pass of a full run.</summary>
public sealed class FailedMatchTests
{
    [Fact]
    public async Task A_matched_record_that_one_answer_lacks_is_not_created_again_by_the_other_pass()
    {
        var lacks = true;
        HookedConnector? accounts = null;
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = options => options with { Integration = accounts = new HookedConnector(options.Integration) },
        });
        var customer = crm.Customers.Insert(("displayName", "Fabrikam"));
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("accountnumber", customer["number"].AsText()));
        accounts!.Returns = record => record.Id != account.Id || !lacks;

        var first = await crm.FullAsync();
        lacks = false;
        crm.Later();
        var second = await crm.ModifiedAsync();

        first.Counters.Should().Be(new SyncCounters { Failed = 1 });
        second.Counters.Coupled.Should().Be(1);
        crm.Customers.Records.Should().ContainSingle();
        crm.Accounts.Records.Should().ContainSingle();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_record_whose_match_fails_and_is_deleted_is_not_forgotten()
    {
        using var crm = new EngineFixture();
        var customer = crm.Customers.Insert(("displayName", "Fabrikam"));
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("accountnumber", customer["number"].AsText()));
        var reads = 0;
        crm.Integration.Faults.BeforeCall = (call, _) =>
        {
            if (call is { Operation: InMemoryOperation.ReadById, Table: "account" } && ++reads == 1)
            {
                crm.Accounts.Hide(account.Id);
            }

            return ValueTask.CompletedTask;
        };
        crm.Integration.Faults.AfterCall = (_, _) =>
        {
            crm.Accounts.Show(account.Id);
            return ValueTask.CompletedTask;
        };

        _ = await crm.ModifiedAsync();
        crm.Customers.Delete(customer.Id);
        crm.Later();
        _ = await crm.ModifiedAsync();

        crm.Customers.Records.Should().ContainSingle().Which["displayName"].AsText().Should().Be("Fabrikam");
        (await crm.CouplingsAsync()).Should().ContainSingle();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_edit_of_a_coupled_record_travels_although_a_rule_wants_the_record_for_another_one()
    {
        Guid? wanted = null;
        using var crm = new EngineFixture(new FixtureOptions
        {
            Rules = [new TestRule { Partner = asked => asked.Side == SyncSide.Local ? wanted : null }],
        });
        var (customer, account) = await crm.NewPairAsync(("displayName", "Adatum"));
        wanted = account;
        _ = crm.Customers.Insert(("displayName", "Fabrikam"));
        _ = crm.Accounts.Update(account, ("name", "Edited"));

        _ = await crm.ModifiedAsync();

        crm.DisplayName(customer).Should().Be("Edited");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_matched_record_whose_pair_cannot_be_planned_or_written_is_not_created_again(bool isWritten)
    {
        var fails = true;
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = options => options with
            {
                Integration = new HookedConnector(options.Integration)
                {
                    OnWrite = async (batch, send) => fails && isWritten
                        ? [.. batch.Operations.Select(_ => new WriteResult { Status = WriteStatus.Rejected, Error = new("no", "No.") })]
                        : await send(batch),
                },
            },
            Rules =
            [
                new TestRule
                {
                    Transfer = _ =>
                    {
                        if (fails && !isWritten)
                        {
                            throw new SyncRuleException("The rule fails.");
                        }
                    },
                },
            ],
        });
        var customer = crm.Customers.Insert(("displayName", "Fabrikam"), ("creditLimit", 5m));
        _ = crm.Accounts.Insert(("name", "Fabrikam"), ("accountnumber", customer["number"].AsText()));

        _ = await crm.FullAsync();
        fails = false;
        crm.Later();
        _ = await crm.FullAsync();

        crm.Customers.Records.Should().ContainSingle();
        crm.Accounts.Records.Should().ContainSingle();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }
}
