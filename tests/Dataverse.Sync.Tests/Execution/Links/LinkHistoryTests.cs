using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using static Dataverse.Sync.Tests.Fixture.LinkFixture;

namespace Dataverse.Sync.Tests.Execution.Links;

/// <summary>
/// Random histories of two mappings over one pair of tables: whatever happens, a record has one partner, it is the same
/// for both mappings, and no edit is lost.
/// </summary>
public sealed class LinkHistoryTests
{
    private const int Steps = 40;

    private readonly HashSet<string> uncoupled = [];
    private Random random = new();
    private LinkFixture crm = null!;
    private int tokens;
    private bool isNested;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60), 83, 154, 203, 224, 256, 257, 295, 296, 443, 556, 562, 584];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Both_mappings_agree_about_the_pairs(int seed)
    {
        random = new(seed);
        DeletionPolicy[] policies = [DeletionPolicy.DeleteRecord, DeletionPolicy.RemoveCoupling, DeletionPolicy.RestoreRecords];
        var policy = policies[random.Next(policies.Length)];
        using (crm = new(mapping => mapping.OnDeletion(policy).OnUpdateConflict(UpdateConflictPolicy.SendUpdateToIntegration)))
        {
            crm.Integration.Faults.BeforeCall = (call, _) => DisturbAsync(call);
            for (var step = 0; step < Steps; step++)
            {
                await StepAsync(hasFaults: seed % 3 != 0);
            }

            crm.Restart();
            for (var round = 0; round < 3; round++)
            {
                await crm.ConvergeAsync();
            }

            await CheckAsync();
        }
    }

    private async Task StepAsync(bool hasFaults)
    {
        switch (random.Next(14))
        {
            case < 7:
                Act();
                break;
            case 7 when hasFaults:
                (random.Next(2) == 0 ? crm.Integration : crm.Local).Faults.FailWrites(
                    random.Next(2) == 0 ? InMemoryWriteFault.AnswerLost : InMemoryWriteFault.RequestLost);
                break;
            case 8 when hasFaults:
                await RunUntilKilledAsync();
                break;
            case 9 when Any(crm.Customers.Records) is { } customer && random.Next(2) == 0:
                await UncoupleAsync(customer.Id);
                break;
            default:
                crm.Time.Advance(TimeSpan.FromMinutes(random.Next(1, 30)));
                await RunAsync();
                break;
        }
    }

    private void Act()
    {
        var (isLocal, isName) = (random.Next(2) == 0, random.Next(2) == 0);
        var (table, name, credit) = isLocal ? (crm.Customers, "displayName", "creditLimit") : (crm.Accounts, "name", "creditlimit");
        switch (random.Next(8))
        {
            case 0:
                _ = table.Insert((name, NewName()), (credit, (decimal)++tokens));
                break;
            case < 6 when Any(table.Records) is { } record:
                _ = table.Update(record.Id, isName ? (name, NewName()) : (credit, (object)(decimal)++tokens));
                break;
            case 6 when random.Next(3) == 0 && Any(table.Records) is { } record:
                table.Delete(record.Id);
                break;
            default:
                break;
        }
    }

    private async Task RunAsync()
    {
        var options = new SyncRunOptions { AllowsMassDeletion = true };
        try
        {
            _ = random.Next(5) switch
            {
                0 => await crm.Engine.SynchronizeFullAsync(options),
                1 => [await crm.Engine.SynchronizeTableAsync(Names, options)],
                2 => [await crm.Engine.SynchronizeTableAsync(Credits, options)],
                _ => await crm.Engine.SynchronizeModifiedAsync(options),
            };
        }
        catch (SyncException)
        {
            // A connector or the store failed, or another run is under way.
        }
    }

    private async Task RunUntilKilledAsync()
    {
        var end = crm.Store.Calls + random.Next(1, 40);
        void Kill(int call, StoreCommit? commit)
        {
            if (call >= end)
            {
                throw new CouplingStoreException(CouplingStoreFailure.Unavailable, "The process is gone.");
            }
        }

        _ = random.Next(2) == 0 ? crm.Store.After = Kill : crm.Store.Before = Kill;
        await RunAsync();
        crm.Restart();
        crm.Integration.Faults.BeforeCall = (call, _) => DisturbAsync(call);
    }

    private async Task UncoupleAsync(Guid customer)
    {
        try
        {
            var links = await crm.LinksAsync(Names);
            links.AddRange(await crm.LinksAsync(Credits));
            _ = await crm.Engine.Couplings.UncoupleAsync(random.Next(2) == 0 ? Names : Credits, SyncSide.Local, [customer]);
            uncoupled.UnionWith(links.Where(link => link.Customer == customer).Select(link => $"{link.Customer}/{link.Account}"));
        }
        catch (SyncException)
        {
        }
    }

    // While one engine writes, users work, and another engine may try to run.
    private async ValueTask DisturbAsync(InMemoryCall call)
    {
        if (isNested || call.Operation != InMemoryOperation.Write || random.Next(4) > 0)
        {
            return;
        }

        isNested = true;
        Act();
        if (random.Next(3) == 0)
        {
            using var second = crm.NewEngine();
            _ = await Record.ExceptionAsync(() => second.SynchronizeModifiedAsync());
        }

        isNested = false;
    }

    private async Task CheckAsync()
    {
        var (names, credits) = (await crm.LinksAsync(Names), await crm.LinksAsync(Credits));
        names.Select(link => link.Account).Should().OnlyHaveUniqueItems();
        names.Select(link => $"{link.Customer}/{link.Account}").Should().NotIntersectWith(uncoupled);
        var conflicts = await crm.Engine.Issues.ListConflictsAsync(Names).ToListAsync();
        conflicts.AddRange(await crm.Engine.Issues.ListConflictsAsync(Credits).ToListAsync());
        _ = names.RemoveAll(link => conflicts.Exists(conflict => conflict.LocalId == link.Customer));
        _ = credits.RemoveAll(link => conflicts.Exists(conflict => conflict.LocalId == link.Customer));
        credits.Should().BeEquivalentTo(names);
        foreach (var (customer, account) in names)
        {
            var (local, integration) = (crm.Customers.Find(customer), crm.Accounts.Find(account));
            local.Should().NotBeNull();
            integration.Should().NotBeNull();
            integration!["name"].AsText().Should().Be(local!["displayName"].AsText());
            Amount(integration["creditlimit"]).Should().Be(Amount(local["creditLimit"]));
        }

        // A credit limit is entered once, so that a second record with it is a duplicate.
        crm.Customers.Records.Select(record => Amount(record["creditLimit"])).Where(value => value != 0).Should().OnlyHaveUniqueItems();
        crm.Accounts.Records.Select(record => Amount(record["creditlimit"])).Where(value => value != 0).Should().OnlyHaveUniqueItems();
        foreach (var mapping in new[] { Names, Credits })
        {
            (await crm.Engine.Issues.ListFailuresAsync(mapping).ToListAsync())
                .Where(failure => failure.Error.Code is not SyncErrorCodes.Uncoupled).Should().BeEmpty();
        }
    }

    private string NewName() => $"N{++tokens}";

    private TableRecord? Any(IReadOnlyList<TableRecord> records) => records.Count == 0 ? null : records[random.Next(records.Count)];

    // The local side stores a zero for a blank.
    private static decimal Amount(FieldValue value) => value.IsBlank ? 0 : value.AsDecimal();
}
