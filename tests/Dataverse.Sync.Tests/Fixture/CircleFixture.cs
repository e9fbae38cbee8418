using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>
/// Customers that bill to each other, and contacts to which they refer and which refer to them, with one field for each
/// reference.
/// </summary>
internal sealed class CircleFixture : IDisposable
{
    private readonly Func<FieldSchema, FieldSchema> change;
    private readonly Func<ITableConnector, ITableConnector> wrap;

    public CircleFixture(
        Func<FieldSchema, FieldSchema>? change = null,
        Func<ITableConnector, ITableConnector>? wrap = null,
        WriteAnswer answer = WriteAnswer.Version)
    {
        (this.change, this.wrap) = (change ?? (field => field), wrap ?? (system => system));
        Time = new(EngineFixture.Start);
        Local = new(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = Time });
        _ = Local.AddTable("customers", table => table
            .BusinessKey("number", firstNumber: "C00010")
            .Text("displayName")
            .Code("billTo")
            .Field("contactId", FieldType.Identifier)
            .With(Leading(("billTo", "customers"), ("contactId", "contacts"))));
        _ = Local.AddTable("contacts", table => table
            .BusinessKey("number", firstNumber: "P00010")
            .Text("displayName")
            .Code("company")
            .With(Leading(("company", "customers"))));
        Integration = new(new() { Flavor = InMemoryFlavor.Dataverse, TimeProvider = Time, Seed = 2 });
        _ = Integration.AddTable("account", table => table
            .Key("accountid")
            .Text("accountnumber", 20)
            .Text("name", 50)
            .Field(this.change(Reference("billtoid", "account")))
            .Field(this.change(Reference("primarycontactid", "contact")))
            .With(options => options with { Answer = answer })
            .With(Leading(("billtoid", "account"), ("primarycontactid", "contact"))));
        _ = Integration.AddTable("contact", table => table
            .Key("contactid")
            .Text("fullname", 50)
            .Field(this.change(Reference("parentcustomerid", "account")))
            .With(Leading(("parentcustomerid", "account"))));
        Store = new(new InMemoryCouplingStore(Time));
        Engine = NewEngine();
    }

    public Func<IntegrationTableMappingBuilder, IntegrationTableMappingBuilder> Contact { get; init; } = mapping => mapping;

    public DeletionPolicy Deletions { get; init; }

    public FakeTimeProvider Time { get; }

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public HookedCouplingStore Store { get; }

    public SyncEngine Engine { get; private set; }

    public InMemoryTable Customers => Local["customers"];

    public InMemoryTable Contacts => Local["contacts"];

    public InMemoryTable Accounts => Integration["account"];

    public InMemoryTable Persons => Integration["contact"];

    public long Writes => Local.RowsWritten + Integration.RowsWritten;

    public SyncEngine NewEngine() => new(new()
    {
        Local = wrap(Local),
        Integration = wrap(Integration),
        Store = Store,
        TimeProvider = Time,
        Mappings = [Customer(), ContactMapping()],
    });

    public void Restart()
    {
        Engine.Dispose();
        Local.Faults.Clear();
        Integration.Faults.Clear();
        Store.Clear();
        Later();
        Engine = NewEngine();
    }

    public void Use(SyncEngine engine)
    {
        Engine.Dispose();
        Engine = engine;
    }

    public void Later() => Time.Advance(TimeSpan.FromMinutes(15));

    /// <summary>Inserts customers or accounts that refer to each other by name.</summary>
    public void Insert(SyncSide side, params IReadOnlyList<(string Name, string BillTo)> customers)
    {
        var ids = new Dictionary<string, Guid>();
        var numbers = new Dictionary<string, string>();
        foreach (var (name, _) in customers)
        {
            var record = side == SyncSide.Local
                ? Customers.Insert(("displayName", name), ("number", name))
                : Accounts.Insert(("name", name));
            ids[name] = record.Id;
        }

        foreach (var (name, billTo) in customers.Where(customer => customer.BillTo.Length > 0))
        {
            _ = side == SyncSide.Local
                ? Customers.Update(ids[name], ("billTo", billTo))
                : Accounts.Update(ids[name], ("billtoid", FieldValue.Reference(ids[billTo], "account")));
        }
    }

    /// <summary>The reference of each customer by name, as the names of both sides tell.</summary>
    public (Dictionary<string, string> Local, Dictionary<string, string> Integration) BillTo()
    {
        var numbers = Customers.Records.ToDictionary(record => record["number"].ToString(), record => record);
        var accounts = Accounts.Records.ToDictionary(record => record.Id);
        return (
            Customers.Records.ToDictionary(
                record => record["displayName"].AsText(),
                record => record["billTo"] is { IsBlank: false } number
                    ? numbers[number.ToString()]["displayName"].AsText()
                    : string.Empty),
            Accounts.Records.ToDictionary(
                record => record["name"].AsText(),
                record => record["billtoid"] is { IsBlank: false } id
                    ? accounts[id.AsIdentifier()]["name"].AsText()
                    : string.Empty));
    }

    public async Task<List<RecordFailure>> FailuresAsync(string mapping = "CUSTOMER")
    {
        var found = new List<RecordFailure>();
        await foreach (var failure in Engine.Issues.ListFailuresAsync(mapping))
        {
            found.Add(failure);
        }

        return found;
    }

    public void Dispose() => Engine.Dispose();

    private static Func<InMemoryTableOptions, InMemoryTableOptions> Leading(params (string Field, string Table)[] targets) =>
        options => options with { Targets = targets.ToDictionary(target => target.Field, target => target.Table) };

    private static FieldSchema Reference(string name, string table) =>
        new() { Name = name, Type = FieldType.Reference, ReferencedTables = [table] };

    private IntegrationTableMapping Customer() => new IntegrationTableMappingBuilder("CUSTOMER")
        .Between("customers", "account")
        .Field("number", "accountnumber", field => field.ToIntegration())
        .Field("displayName", "name", field => field.UseForMatching())
        .Lookup("billTo", "billtoid", via: "CUSTOMER", localKey: "number")
        .Lookup("contactId", "primarycontactid", via: "CONTACT")
        .OnDeletion(Deletions)
        .OnlyCoupledRecords(false)
        .Build();

    private IntegrationTableMapping ContactMapping() => Contact(new IntegrationTableMappingBuilder("CONTACT")
        .Between("contacts", "contact")
        .DependsOn("CUSTOMER")
        .Field("displayName", "fullname", field => field.UseForMatching())
        .Lookup("company", "parentcustomerid", via: "CUSTOMER", localKey: "number")
        .OnlyCoupledRecords(false)).Build();
}
