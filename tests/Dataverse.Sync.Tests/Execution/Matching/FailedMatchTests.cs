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
