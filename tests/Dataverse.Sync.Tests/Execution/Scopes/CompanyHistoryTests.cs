using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>I20: whatever two companies do in one organization, no value of one company reaches the other.</summary>
public sealed class CompanyHistoryTests : IDisposable
{
    private const int Steps = 60;

    private static readonly string[] Names = ["A", "B"];

    private readonly FakeTimeProvider time = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string> owners = [];
    private readonly Dictionary<string, InMemoryConnector> locals;
    private readonly Dictionary<string, SyncEngine> engines = [];
    private readonly InMemoryConnector integration;
    private ICouplingStore[] stores = [];
    private Random random = new();
    private bool isNested;

    public CompanyHistoryTests()
    {
        locals = Names.ToDictionary(name => name, NewLocal);
        integration = new(new() { TimeProvider = time, Seed = 2 });
        _ = integration.AddTable("account", table => table.Text("name", 100).Text("note", 100).Text("company", 10));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60), 495, 1248, 1702, 1772, 2275];

    public void Dispose()
    {
        foreach (var engine in engines.Values)
        {
            engine.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task No_value_of_one_company_reaches_the_other(int seed)
    {
        random = new(seed);
        var first = new InMemoryCouplingStore(time);
        stores = [first, seed % 2 == 0 ? first : new InMemoryCouplingStore(time)];
        foreach (var name in Names)
        {
            engines[name] = NewEngine(name);
        }

        integration.Faults.BeforeCall = (call, _) => call.Operation == InMemoryOperation.Write ? new(DisturbAsync()) : ValueTask.CompletedTask;
        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(hasFaults: seed % 3 != 0);
        }

        await SettleAsync();

        foreach (var name in Names)
        {
            OwnersOfValuesIn(name).Should().BeSubsetOf([name, string.Empty]);
            foreach (var coupling in await engines[name].Couplings.ListAsync("CUSTOMER").ToListAsync())
            {
                // A pair whose account was deleted after an edit of the customer is a conflict, and keeps its coupling.
                (integration["account"].Find(coupling.IntegrationId)?["company"].AsText() ?? name).Should().Be(name);
            }
        }

        NotesOf("A").Intersect(NotesOf("B")).Should().BeEmpty("a row that nobody claimed goes to one company");
        await ShouldBeAtRestAsync();
    }

    private InMemoryConnector NewLocal(string name)
    {
        var local = new InMemoryConnector(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = time, Identity = name });
        _ = local.AddTable("customers", table => table.Text("displayName", 100).Text("note", 100));
        return local;
    }

    private SyncEngine NewEngine(string company) => new(new()
    {
        Local = locals[company],
        Integration = integration,
        Store = stores[Array.IndexOf(Names, company)],
        TimeProvider = time,
        Mappings =
        [
            new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account")
                .Field("displayName", "name", field => field.UseForMatching())
                .Field("note", "note")
                .ClaimedBy(new CompanyColumn { Column = "company", Key = FieldValue.Text(company) })
                .OnDeletion(DeletionPolicy.DeleteRecord)
                .OnlyCoupledRecords(false)
                .Build(),
        ],
    });

    private async Task StepAsync(bool hasFaults)
    {
        var company = Names[random.Next(2)];
        switch (random.Next(12))
        {
            case < 6:
                Act(company);
                break;
            case < 7 when hasFaults:
                (random.Next(2) == 0 ? integration : locals[company]).Faults.FailWrites(
                    random.Next(2) == 0 ? InMemoryWriteFault.AnswerLost : InMemoryWriteFault.RequestLost);
                break;
            case < 8:
                engines[company].Dispose();
                engines[company] = NewEngine(company);
                break;
            default:
                time.Advance(TimeSpan.FromMinutes(random.Next(1, 30)));
                await RunAsync(company, isFull: random.Next(4) == 0);
                break;
        }
    }

    // A user of a company works in Business Central, or in Dataverse on a row of the company or on one that nobody claims.
    private void Act(string company)
    {
        var customers = locals[company]["customers"];
        var accounts = integration["account"].Records.Where(account => account["company"].IsBlank || account["company"].AsText() == company).ToList();
        switch (random.Next(7))
        {
            case 0:
                _ = customers.Insert(("displayName", $"Name {random.Next(8)}"), ("note", NewNote(company)));
                break;
            case 1 when Any(customers.Records) is { } customer:
                _ = customers.Update(customer.Id, ("note", NewNote(company)));
                break;
            case 2:
                _ = integration["account"].Insert(("name", $"Name {random.Next(8)}"), ("company", company), ("note", NewNote(company)));
                break;
            case 3:
                _ = integration["account"].Insert(("name", $"Name {random.Next(8)}"), ("note", NewNote(string.Empty)));
                break;
            case 4 when Any(accounts) is { } account:
                _ = integration["account"].Update(account.Id, ("note", NewNote(account["company"].IsBlank ? string.Empty : company)));
                break;
            case 5 when Any(accounts) is { } account:
                _ = integration["account"].Update(account.Id, ("company", company));
                break;
            case 6 when random.Next(3) == 0 && Any(accounts) is { } account:
                integration["account"].Delete(account.Id);
                break;
            default:
                break;
        }
    }

    // While a company writes, the other one works and may run.
    private async Task DisturbAsync()
    {
        if (isNested || random.Next(4) > 0)
        {
            return;
        }

        isNested = true;
        var company = Names[random.Next(2)];
        Act(company);
        if (random.Next(2) == 0)
        {
            await RunAsync(company, isFull: false);
        }

        isNested = false;
    }

    private async Task RunAsync(string company, bool isFull)
    {
        var options = new SyncRunOptions { AllowsMassDeletion = true };
        try
        {
            _ = isFull
                ? await engines[company].SynchronizeFullAsync("CUSTOMER", options)
                : await engines[company].SynchronizeTableAsync("CUSTOMER", options);
        }
        catch (MappingBusyException) when (isNested)
        {
            // The company's own run is under way.
        }
    }

    private async Task SettleAsync()
    {
        integration.Faults.Clear();
        locals.Values.ToList().ForEach(local => local.Faults.Clear());
        for (var count = 0; count < 3 * Names.Length; count++)
        {
            // What one company gives up, the other may take.
            time.Advance(TimeSpan.FromHours(2));
            await RunAsync(Names[count % Names.Length], isFull: true);
        }
    }

    private async Task ShouldBeAtRestAsync()
    {
        integration.ResetCounters();
        foreach (var (name, local) in locals)
        {
            local.ResetCounters();
            time.Advance(TimeSpan.FromMinutes(15));
            await RunAsync(name, isFull: false);
            local.RowsWritten.Should().Be(0);
        }

        integration.RowsWritten.Should().Be(0);
    }

    private IEnumerable<string> OwnersOfValuesIn(string company) => NotesOf(company).Select(note => owners[note]).Distinct();

    private IEnumerable<string> NotesOf(string company) =>
        locals[company]["customers"].Records.Where(customer => !customer["note"].IsBlank).Select(customer => customer["note"].AsText());

    private string NewNote(string owner)
    {
        var note = $"{owner}{owners.Count}";
        owners.Add(note, owner);
        return note;
    }

    private TableRecord? Any(IReadOnlyList<TableRecord> records) => records.Count == 0 ? null : records[random.Next(records.Count)];
}
