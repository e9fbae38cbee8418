using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>Synchronizes one changed record of a coupled pair. This file is compiled into the traced engine.</summary>
internal static class ChangedRecordRun
{
    /// <summary>Traces the run of modified records that synchronizes the change.</summary>
    /// <returns>The calls of the run.</returns>
    public static async Task<IReadOnlyList<(string Type, string Member, int End)>> TraceAsync()
    {
        var local = new InMemoryConnector(new InMemoryOptions { Flavor = InMemoryFlavor.BusinessCentral });
        var integration = new InMemoryConnector(new InMemoryOptions { Flavor = InMemoryFlavor.Dataverse, Seed = 2 });
        var customers = local.AddTable("customers", table => table
            .BusinessKey("number", firstNumber: "C00010")
            .Text("displayName"));
        var accounts = integration.AddTable("account", table => table
            .Key("accountid")
            .Text("accountnumber", 20)
            .Text("name"));
        using var engine = new SyncEngine(new SyncEngineOptions
        {
            Local = local,
            Integration = integration,
            Store = new InMemoryCouplingStore(),
            Mappings = [Customer()],
            LeaseDuration = TimeSpan.FromDays(1), // A renewal of the lease would appear anywhere in the trace.
        });
        var customer = customers.Insert(("displayName", "Adatum"));
        _ = await engine.SynchronizeTableAsync("CUSTOMER");

        _ = customers.Update(customer.Id, ("displayName", "Adatum Corporation"));
        CallTrace.Clear();
        var job = await engine.SynchronizeTableAsync("CUSTOMER");
        var isSynchronized = job.Counters == new SyncCounters { Modified = 1 }
            && accounts.Records[0]["name"] == FieldValue.Text("Adatum Corporation");
        return isSynchronized
            ? [.. CallTrace.Calls]
            : throw new InvalidOperationException($"The run did not synchronize the changed record: {job.Counters}");
    }

    private static IntegrationTableMapping Customer() => new IntegrationTableMappingBuilder("CUSTOMER")
        .Between("customers", "account")
        .Field("number", "accountnumber", field => field.ToIntegration().UseForMatching())
        .Field("displayName", "name")
        .OnlyCoupledRecords(false)
        .Build();
}
