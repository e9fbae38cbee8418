using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Whoever blocks, edits, and unblocks in whatever order: partners stay partners, and nothing is doubled or lost.</summary>
public sealed class UncoupledByFilterHistoryTests
{
    private const int Pairs = 6;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Records_that_leave_and_return_at_random_keep_their_partners(int seed)
    {
        var random = new Random(seed);
        using var crm = NewFixture(isMatched: seed % 2 == 0);
        var partners = await BeginAsync(crm);
        for (var step = 0; step < 40; step++)
        {
            await StepAsync(crm, random, partners, hasFaults: seed % 4 != 0);
        }

        crm.Local.Faults.Clear();
        crm.Integration.Faults.Clear();
        foreach (var (customer, account) in partners)
        {
            crm.Customers.Update(customer, ("blocked", false));
            crm.Accounts.Update(account, ("inactive", false));
        }

        crm.Later();
        _ = await crm.FullAsync();
        crm.Later();
        _ = await crm.FullAsync();
        crm.Later();
        crm.ResetCounters();
        var idle = await crm.ModifiedAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((Pairs, Pairs));
        (await crm.CouplingsAsync()).ToDictionary(pair => pair.LocalId, pair => pair.IntegrationId).Should().BeEquivalentTo(partners);
        partners.Should().OnlyContain(pair => crm.DisplayName(pair.Key) == crm.Name(pair.Value));
        (crm.Writes, idle.Counters.Uncoupled).Should().Be((0, 0));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    private static async Task<Dictionary<Guid, Guid>> BeginAsync(EngineFixture crm)
    {
        for (var number = 0; number < Pairs; number++)
        {
            _ = crm.Customers.Insert(("displayName", $"Customer {number}"), ("postalCode", "1000"));
        }

        await crm.ConvergeAsync();
        return (await crm.CouplingsAsync()).ToDictionary(pair => pair.LocalId, pair => pair.IntegrationId);
    }

    // Without faults, a preview shows the counters of the run.
    private static async Task RunAsync(EngineFixture crm, SyncJobKind kind, bool hasFaults)
    {
        var options = new SyncRunOptions { AllowsMassDeletion = true };
        crm.Later();
        var preview = await crm.Engine.PreviewAsync(EngineFixture.Mapping, kind, options);
        var job = kind == SyncJobKind.Full ? await crm.FullAsync(options) : await crm.ModifiedAsync(options);
        if (!hasFaults)
        {
            preview.Jobs.Should().ContainSingle().Which.Counters.Should().Be(job.Counters);
        }
    }

    private static async Task StepAsync(
        EngineFixture crm, Random random, Dictionary<Guid, Guid> partners, bool hasFaults)
    {
        var (customer, account) = partners.ElementAt(random.Next(partners.Count));
        switch (random.Next(8))
        {
            case 0:
                crm.Customers.Update(customer, ("blocked", random.Next(2) == 0));
                break;
            case 1:
                crm.Accounts.Update(account, ("inactive", random.Next(2) == 0));
                break;
            case 2:
                crm.Customers.Update(customer, ("displayName", $"Ours {random.Next(100)}"));
                break;
            case 3:
                crm.Accounts.Update(account, ("name", $"Theirs {random.Next(100)}"));
                break;
            case 4:
                crm.Customers.Update(customer, ("blocked", true), ("displayName", $"Left {random.Next(100)}"));
                break;
            case 5 when hasFaults:
                crm.Integration.Faults.FailWrites(random.Next(2) == 0 ? InMemoryWriteFault.AnswerLost : InMemoryWriteFault.Transient);
                break;
            case 6:
                await RunAsync(crm, SyncJobKind.Modified, hasFaults);
                break;
            default:
                await RunAsync(crm, SyncJobKind.Full, hasFaults);
                break;
        }
    }

    private static EngineFixture NewFixture(bool isMatched) => new(mapping =>
    {
        _ = mapping
            .LocalFilter(RecordFilter.NotEqual("blocked", FieldValue.Boolean(true)))
            .IntegrationFilter(RecordFilter.NotEqual("inactive", FieldValue.Boolean(true)))
            .WhenOutsideFilter(OutsideFilterPolicy.Uncouple)
            .OnUpdateConflict(UpdateConflictPolicy.SendUpdateToIntegration);
        _ = isMatched ? mapping : mapping.MatchOnNothing();
    });
}
