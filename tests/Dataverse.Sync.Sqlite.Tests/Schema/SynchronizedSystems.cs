using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>
/// Two systems that an engine synchronized, and the engine that did. The files <c>engine-version-*.sql</c> are what the
/// engine of that version stored.
/// </summary>
internal sealed class SynchronizedSystems
{
    public const string Mapping = "CUSTOMER";

    private readonly TimeProvider time;

    public SynchronizedSystems(TimeProvider time)
    {
        this.time = time;
        Local = New(InMemoryFlavor.BusinessCentral, "cronus");
        Integration = New(InMemoryFlavor.Dataverse, "organization");
        _ = Local.AddTable("customers", table => table
            .BusinessKey("number").Text("displayName").Text("email", 80).Field("creditLimit", FieldType.Decimal)
            .Field("founded", FieldType.Date).Field("visited", FieldType.DateTime)
            .ModifiedOn("lastModifiedDateTime"));
        _ = Integration.AddTable("account", table => table
            .Key("accountid").Text("accountnumber", 20).Text("name", 20).Text("emailaddress1")
            .Field("creditlimit", FieldType.Decimal).Field("foundedon", FieldType.Date)
            .Field("visitedon", FieldType.DateTime).Field("customertypecode", FieldType.Integer)
            .ModifiedOn("modifiedon"));
        for (var number = 1; number <= 5; number++)
        {
            InsertPair(number);
        }

        InsertCustomer(6);
    }

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public long RowsWritten => Local.RowsWritten + Integration.RowsWritten;

    public static Guid LocalId(int number) => new(number, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8);

    public static Guid IntegrationId(int number) => new(number, 2, 2, 8, 7, 6, 5, 4, 3, 2, 1);

    /// <summary>Does what happened between the first run and the second: customer 3 is edited on both sides.</summary>
    public void EditBothSides()
    {
        _ = Local["customers"].Update(LocalId(3), ("displayName", "Edited here"));
        _ = Integration["account"].Update(IntegrationId(3), ("name", "Edited there"));
    }

    /// <summary>Inserts the account that the first run created for the sixth customer.</summary>
    public void InsertCreatedAccount(Guid id) => InsertAccount(6, id);

    public void ResetCounters()
    {
        Local.ResetCounters();
        Integration.ResetCounters();
    }

    public SyncEngine NewEngine(ICouplingStore store, Func<Guid>? newId = null) => new(new SyncEngineOptions
    {
        Local = Local,
        Integration = Integration,
        Store = store,
        TimeProvider = time,
        NewId = newId,
        Mappings =
        [
            new IntegrationTableMappingBuilder(Mapping)
                .Between("customers", "account")
                .Field("number", "accountnumber", field => field.UseForMatching())
                .Field("displayName", "name")
                .Field("email", "emailaddress1")
                .Field("creditLimit", "creditlimit", field => field.ToIntegration())
                .Field("founded", "foundedon")
                .Field("visited", "visitedon")
                .IntegrationConstant("customertypecode", FieldValue.Integer(3))
                .OnlyCoupledRecords(false)
                .Build(),
        ],
    });

    private static string NameOf(int number) => $"Customer {number}";

    private void InsertPair(int number)
    {
        InsertCustomer(number);
        InsertAccount(number, IntegrationId(number));
    }

    // The name of the second customer does not fit into its account; the fourth has no e-mail address and was never
    // visited.
    private void InsertCustomer(int number) => _ = Local["customers"].Insert(
        LocalId(number),
        ("number", $"C{number}"),
        ("displayName", number == 2 ? "A name that is far too long" : NameOf(number)),
        ("email", number == 4 ? null : $"{number}@example.com"),
        ("creditLimit", 1000.50m * number),
        ("founded", new DateOnly(1990, 1, number)),
        ("visited", number == 4 ? null : new DateTimeOffset(2026, 2, number, 9, 30, 0, TimeSpan.Zero)));

    private void InsertAccount(int number, Guid id) => _ = Integration["account"].Insert(
        id,
        ("accountnumber", $"C{number}"),
        ("name", number == 2 ? "A name that is far t" : NameOf(number)),
        ("emailaddress1", number == 4 ? null : $"{number}@example.com"),
        ("creditlimit", 1000.50m * number),
        ("foundedon", new DateOnly(1990, 1, number)),
        ("visitedon", number == 4 ? null : new DateTimeOffset(2026, 2, number, 9, 30, 0, TimeSpan.Zero)),
        ("customertypecode", 3));

    private InMemoryConnector New(InMemoryFlavor flavor, string identity) =>
        new(new InMemoryOptions { Flavor = flavor, Identity = identity, TimeProvider = time });
}
