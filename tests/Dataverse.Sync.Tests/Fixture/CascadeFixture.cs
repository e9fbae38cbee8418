using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>Customers and contacts that delete each other's partners, in front of a system that deletes the contacts of an account.</summary>
internal sealed class CascadeFixture : IDisposable
{
    private readonly CascadePolicy policy;
    private readonly DeletionPolicy contactPolicy;
    private readonly Action<IntegrationTableMappingBuilder>? changeContact;

    public CascadeFixture(
        CascadePolicy policy,
        bool isLate = false,
        string? parentField = null,
        DeletionPolicy contacts = DeletionPolicy.DeleteRecord,
        Action<IntegrationTableMappingBuilder>? changeContact = null)
    {
        (this.policy, contactPolicy, this.changeContact) = (policy, contacts, changeContact);
        Time = new(EngineFixture.Start);
        Local = new(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = Time });
        _ = Local.AddTable("customers", table => table.BusinessKey("number", firstNumber: "C1").Text("displayName"));
        _ = Local.AddTable("contacts", table => table.BusinessKey("number", firstNumber: "P1").Text("displayName").Code("company"));
        Integration = new(new() { Flavor = InMemoryFlavor.Dataverse, TimeProvider = Time, Seed = 2 });
        _ = Integration.AddTable("account", table => table
            .Key("accountid").Text("name").Reference("parentaccountid", "account")
            .With(options => options with
            {
                CascadingFields = parentField is null ? [] : [parentField],
                CascadesLate = isLate,
            }));
        _ = Integration.AddTable("contact", table => table
            .Key("contactid").Text("fullname").Reference("parentcustomerid", "account")
            .With(options => options with { CascadingFields = ["parentcustomerid"], CascadesLate = isLate }));
        Store = new(new InMemoryCouplingStore(Time));
        Engine = NewEngine();
    }

    public FakeTimeProvider Time { get; }

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public HookedCouplingStore Store { get; }

    public SyncEngine Engine { get; private set; }

    public InMemoryTable Customers => Local["customers"];

    public InMemoryTable Contacts => Local["contacts"];

    public InMemoryTable Accounts => Integration["account"];

    public InMemoryTable Persons => Integration["contact"];

    /// <summary>A customer with contacts, all coupled.</summary>
    public async Task<(Guid Customer, List<Guid> Contacts)> NewCompanyAsync(int contacts = 2, int others = 20)
    {
        var customer = Customers.Insert(("displayName", "Adatum"), ("number", "A"));
        var people = Enumerable.Range(1, contacts)
            .Select(number => Contacts.Insert(("displayName", $"Person {number}"), ("company", "A")).Id).ToList();
        for (var number = 0; number < others; number++)
        {
            _ = Customers.Insert(("displayName", $"Other {number}"));
        }

        _ = await Engine.SynchronizeFullAsync();
        Later();
        _ = await Engine.SynchronizeModifiedAsync();
        Later();
        return (customer.Id, people);
    }

    public void Later() => Time.Advance(TimeSpan.FromHours(30));

    public void Restart()
    {
        Engine.Dispose();
        Local.Faults.Clear();
        Integration.Faults.Clear();
        Store.Clear();
        Later();
        Engine = NewEngine();
    }

    public void Dispose() => Engine.Dispose();

    private IntegrationTableMapping NewContact()
    {
        var builder = new IntegrationTableMappingBuilder("CONTACT").Between("contacts", "contact").DependsOn("CUSTOMER")
            .Field("displayName", "fullname").Lookup("company", "parentcustomerid", via: "CUSTOMER", localKey: "number")
            .OnDeletion(contactPolicy).OnlyCoupledRecords(false);
        changeContact?.Invoke(builder);
        return builder.Build();
    }

    private SyncEngine NewEngine() => new(new()
    {
        Local = Local,
        Integration = Integration,
        Store = Store,
        TimeProvider = Time,
        Mappings =
        [
            new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account")
                .Field("displayName", "name").OnDeletion(DeletionPolicy.DeleteRecord).OnCascade(policy)
                .OnlyCoupledRecords(false).Build(),
            NewContact(),
        ],
    });
}
