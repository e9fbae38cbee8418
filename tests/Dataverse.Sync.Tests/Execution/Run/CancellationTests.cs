using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>I18: a run that is cancelled at any of its calls leaves a state that the next run completes.</summary>
public sealed class CancellationTests
{
    [Theory]
    [InlineData(nameof(EngineFixture.Local))]
    [InlineData(nameof(EngineFixture.Integration))]
    [InlineData(nameof(EngineFixture.Store))]
    public async Task I18_Cancelling_before_any_call_leaves_a_state_that_the_next_run_completes(string system) =>
        await CancelEverywhereAsync(system, isAfter: false);

    [Theory]
    [InlineData(nameof(EngineFixture.Local))]
    [InlineData(nameof(EngineFixture.Integration))]
    [InlineData(nameof(EngineFixture.Store))]
    public async Task I18_Cancelling_after_any_call_leaves_a_state_that_the_next_run_completes(string system) =>
        await CancelEverywhereAsync(system, isAfter: true);

    [Fact]
    public async Task I18_A_cancelled_run_is_logged_as_such_and_gives_its_lease_back()
    {
        using var crm = new EngineFixture();
        using var stop = new CancellationTokenSource();
        crm.Local.Faults.BeforeCall = (call, _) => call.Operation == InMemoryOperation.ReadChanges
            ? new(stop.CancelAsync())
            : ValueTask.CompletedTask;

        var run = () => crm.Engine.SynchronizeFullAsync("CUSTOMER", cancellationToken: stop.Token);

        await run.Should().ThrowAsync<OperationCanceledException>();
        (await crm.JobLog.ListAsync(crm.Engine.Scope.Name, "CUSTOMER", 1, default))
            .Should().ContainSingle().Which.Status.Should().Be(SyncJobStatus.Cancelled);
        crm.Local.Faults.Clear();
        (await crm.FullAsync()).Status.Should().Be(SyncJobStatus.Finished);
    }

    private static async Task CancelEverywhereAsync(string system, bool isAfter)
    {
        var wasCancelled = true;
        for (var call = 1; wasCancelled; call++)
        {
            call.Should().BeLessThan(200, "the run has an end");
            using var crm = await BusyAsync();
            wasCancelled = await RunAndCancelAsync(crm, system, call, isAfter);
            crm.Restart();
            await crm.ConvergeAsync();
            await RequireCompleteAsync(crm, $"{system} call {call}");
        }
    }

    private static async Task<EngineFixture> BusyAsync()
    {
        var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        _ = crm.Users.Insert(("fullname", "Jim Olive"), ("internalemailaddress", "jo@contoso.com"));
        var kept = crm.Customers.Insert(("displayName", "Kept"));
        _ = crm.Customers.Insert(("displayName", "Dropped"));
        await crm.ConvergeAsync();
        crm.Customers.Update(kept.Id, ("displayName", "Ours"));
        crm.Accounts.Update((await crm.CouplingOfAsync(kept.Id))!.IntegrationId, ("creditlimit", 5m));
        crm.Accounts.Delete(crm.Accounts.Records.First(record => record["name"].AsText() == "Dropped").Id);
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        _ = crm.Accounts.Insert(
            ("name", "Fabrikam"),
            ("ownerid", FieldValue.Reference(crm.Users.Records[0].Id, "systemuser")));
        return crm;
    }

    private static async Task<bool> RunAndCancelAsync(EngineFixture crm, string system, int number, bool isAfter)
    {
        using var stop = new CancellationTokenSource();
        var calls = 0;
        void CancelIfDue(int call)
        {
            if (call == number)
            {
                stop.Cancel();
            }
        }

        ValueTask OnCall(InMemoryCall call, CancellationToken cancellationToken)
        {
            CancelIfDue(++calls);
            return ValueTask.CompletedTask;
        }

        crm.Store.Clear();
        switch (system, isAfter)
        {
            case (nameof(EngineFixture.Store), false):
                crm.Store.Before = (call, _) => CancelIfDue(call);
                break;
            case (nameof(EngineFixture.Store), true):
                crm.Store.After = (call, _) => CancelIfDue(call);
                break;
            case (_, false):
                (system == nameof(EngineFixture.Local) ? crm.Local : crm.Integration).Faults.BeforeCall = OnCall;
                break;
            default:
                (system == nameof(EngineFixture.Local) ? crm.Local : crm.Integration).Faults.AfterCall = OnCall;
                break;
        }

        try
        {
            _ = await crm.Engine.SynchronizeFullAsync(cancellationToken: stop.Token);
        }
        catch (OperationCanceledException)
        {
            stop.IsCancellationRequested.Should().BeTrue();
        }

        return stop.IsCancellationRequested;
    }

    private static async Task RequireCompleteAsync(EngineFixture crm, string because)
    {
        var names = new[] { "Adatum", "Fabrikam", "Ours" };
        crm.Customers.Records.Select(record => record["displayName"].AsText()).Order().Should().Equal(names, because);
        crm.Accounts.Records.Select(record => record["name"].AsText()).Order().Should().Equal(names, because);
        (await crm.CouplingsAsync())
            .Select(coupling => crm.DisplayName(coupling.LocalId) == crm.Name(coupling.IntegrationId))
            .Should().Equal([true, true, true], because);
        (await crm.IntentsAsync()).Should().BeEmpty(because);
        (await crm.FailuresAsync()).Should().BeEmpty(because);
        (await crm.ConflictsAsync(includeResolved: true)).Should().BeEmpty(because);
    }
}
