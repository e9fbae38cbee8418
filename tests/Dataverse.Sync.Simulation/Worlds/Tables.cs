using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>The tables and mappings of the simulation: people and customers here, users and accounts there.</summary>
/// <remarks>
/// Every kind of field mapping takes part: both ways, each way alone, on insert only, a number from a series, a reference through another
/// mapping. A <c>tag</c> is unique to the record that a user made and is copied when its counterpart is created, so that two
/// records of one side with one tag are a duplicate.
/// </remarks>
internal static class Tables
{
    public const string Person = "PERSON";
    public const string Customer = "CUSTOMER";

    public const string Item = "ITEM";

    public const string Contact = "CONTACT";

    public const string Customers = "customers";
    public const string Accounts = "account";
    public const string People = "people";
    public const string Users = "systemuser";
    public const string Items = "items";
    public const string Products = "product";
    public const string Contacts = "contacts";
    public const string Persons = "contact";

    /// <summary>The reference by which the service deletes the contacts of an account together with it.</summary>
    public const string AccountOfPerson = "parentcustomerid";

    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RareScan = TimeSpan.FromDays(300);

    private const int NameLengthInAccounts = 12;

    public static InMemoryConnector NewLocal(WorldSettings settings, TimeProvider time, string identity)
    {
        var system = new InMemoryConnector(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = time, Identity = identity, KeepsWrites = false });
        _ = system.AddTable(People, table => table
            .BusinessKey("code", firstNumber: "SP001")
            .Text("tag")
            .Text("name")
            .With(options => Local(options, settings)));
        _ = system.AddTable(Customers, table => table
            .BusinessKey("number", firstNumber: "C00010")
            .Text("tag").Text("email").Text("name").Text("city").Text("note").Text("site")
            .Field("credit", FieldType.Decimal)
            .Field("since", FieldType.DateTime)
            .Code("agent")
            .Code(ParentOn(SyncSide.Local))
            .Field(BlockedOn(SyncSide.Local), FieldType.Boolean)
            .WithLocalTailoring(settings)
            .WithSchema(schema => settings.Forms == ServerForms.Told ? WithLocalForms(schema) : schema)
            .With(options => Local(options, settings) with
            {
                Targets = new Dictionary<string, string> { ["agent"] = People, [ParentOn(SyncSide.Local)] = Customers },
            }));
        _ = system.AddTable(Items, table => table.BusinessKey("number", firstNumber: "I0001").Text("name").With(options => Local(options, settings)));
        _ = system.AddTable(Contacts, table => table
            .BusinessKey("number", firstNumber: "P00010")
            .Text("tag").Text("name")
            .Code("customer")
            .With(options => Local(options, settings) with { Targets = new Dictionary<string, string> { ["customer"] = Customers } }));
        if (settings.IsTailored)
        {
            Tailoring.AddTerms(system, Local(new(), settings));
        }

        return system;
    }

    public static InMemoryConnector NewIntegration(WorldSettings settings, TimeProvider time, string identity)
    {
        var system = new InMemoryConnector(new() { Flavor = InMemoryFlavor.Dataverse, TimeProvider = time, Seed = 2, Identity = identity, KeepsWrites = false });
        _ = system.AddTable(Users, table => table
            .Key("systemuserid")
            .Text("tag").Text("fullname")
            .With(options => Integration(options, settings)));
        _ = system.AddTable(Accounts, table => table
            .Key("accountid")
            .Text("accountnumber", 20)
            .Text("tag").Text("email").Text("name", NameLengthInAccounts).Text("city").Text("note").Text("site")
            .Field("credit", FieldType.Decimal)
            .Field("since", FieldType.DateTime)
            .Reference("ownerid", Users)
            .Reference(ParentOn(SyncSide.Integration), Accounts)
            .Field(BlockedOn(SyncSide.Integration), FieldType.Boolean)
            .WithIntegrationTailoring(settings)
            .WithMerges(settings)
            .WithSchema(schema => schema with { ReportsDeletions = settings.TracksChanges })
            .WithSchema(schema => settings.Forms == ServerForms.Told ? WithIntegrationForms(schema) : schema)
            .With(options => Integration(options, settings) with
            {
                Targets = new Dictionary<string, string> { ["ownerid"] = Users, [ParentOn(SyncSide.Integration)] = Accounts },
            }));
        _ = system.AddTable(Products, table => table.Key("productid").Text("name").With(options => Integration(options, settings)));
        _ = system.AddTable(Persons, table => table
            .Key("contactid")
            .Text("tag").Text("fullname")
            .Reference(AccountOfPerson, Accounts)
            .WithSchema(schema => schema with { ReportsDeletions = settings.TracksChanges })
            .With(options => Integration(options, settings) with
            {
                Targets = new Dictionary<string, string> { [AccountOfPerson] = Accounts },
                CascadingFields = [AccountOfPerson],
                CascadesLate = settings.CascadesLate,
            }));
        return system;
    }

    public static IReadOnlyList<IIntegrationTableMapping> NewMappings(WorldSettings settings) =>
    [
        NewPerson(), NewCustomer(settings), .. settings.HasItems ? [NewItem()] : Array.Empty<IIntegrationTableMapping>(),
        .. settings.HasContacts ? [NewContact(settings)] : Array.Empty<IIntegrationTableMapping>(),
    ];

    /// <summary>The field by which a user takes a record of a side out of its filter.</summary>
    public static string BlockedOn(SyncSide side) => side == SyncSide.Local ? "blocked" : "inactive";

    /// <summary>The field in which a record of a side names the one that pays for it, which may be itself.</summary>
    public static string ParentOn(SyncSide side) => side == SyncSide.Local ? "parent" : "parentid";

    /// <summary>The mapping to which a table belongs.</summary>
    public static string MappingOf(string table) => table switch
    {
        Customers or Accounts or Tailoring.TermsTable => Customer,
        Items or Products => Item,
        Contacts or Persons => Contact,
        _ => Person,
    };

    private static IntegrationTableMapping NewItem() => new IntegrationTableMappingBuilder(Item).Between(Items, Products).Field("name", "name").OnlyCoupledRecords(false).Build();

    private static IntegrationTableMapping NewContact(WorldSettings settings) => new IntegrationTableMappingBuilder(Contact)
        .Between(Contacts, Persons)
        .DependsOn(Customer)
        .Field("tag", "tag", field => field.OnInsertOnly())
        .Field("name", "fullname")
        .Lookup("customer", AccountOfPerson, via: Customer, localKey: "number")
        .OnUpdateConflict(settings.Conflicts)
        .OnDeletion(settings.Deletions)
        .Retry(new() { FirstDelay = TimeSpan.FromMinutes(1), LongestDelay = TimeSpan.FromHours(1) })
        .OnlyCoupledRecords(settings.OnlyCoupled)
        .Build();

    private static InMemoryTableBuilder WithMerges(this InMemoryTableBuilder table, WorldSettings settings) => settings.HasMerges ? table.Mergeable() : table;

    private static IntegrationTableMapping NewPerson() => new IntegrationTableMappingBuilder(Person)
        .Between(People, Users)
        .Field("tag", "tag", field => field.OnInsertOnly())
        .Field("name", "fullname")
        .OnlyCoupledRecords(false)
        .Build();

    private static IntegrationTableMapping NewCustomer(WorldSettings settings)
    {
        var builder = new IntegrationTableMappingBuilder(Customer)
            .Between(Customers, Accounts)
            .DependsOn(Person)
            .Direction(settings.Direction)
            .Field("tag", "tag", field => field.OnInsertOnly())
            .Field("email", "email")
            .Field("name", "name")
            .Field("city", "city")
            .Field("credit", "credit")
            .Field("since", "since")
            .Lookup("agent", "ownerid", via: Person, localKey: "code")
            .OnUpdateConflict(settings.Conflicts)
            .OnDeletion(settings.Deletions)
            .OnCascade(settings.Cascades)
            .ScanForDeletionsEvery(settings.ScansRarely ? RareScan : TimeSpan.FromHours(1))
            .Retry(new() { FirstDelay = TimeSpan.FromMinutes(1), LongestDelay = TimeSpan.FromHours(1), SkipAfterIdenticalFailures = settings.SkipsAfter })
            .OnlyCoupledRecords(settings.OnlyCoupled)
            .WithTailoring(settings);
        builder = settings.IsPlain
            ? builder
            : builder.Field("number", "accountnumber", field => field.ToIntegration())
                .Field("note", "note", field => field.ToIntegration().Convert(new PoisonedNote()))
                .Field("site", "site", field => field.FromIntegration());
        builder = settings.HasParents
            ? builder.Lookup(ParentOn(SyncSide.Local), ParentOn(SyncSide.Integration), via: Customer, localKey: "number")
            : builder;
        builder = settings.Filter is { } policy ? WithFilters(builder, policy) : builder;
        return (settings.Matches ? builder.MatchOn("email", "email") : builder).Build();
    }

    private static IntegrationTableMappingBuilder WithFilters(IntegrationTableMappingBuilder builder, OutsideFilterPolicy policy)
    {
        builder = builder
            .LocalFilter(RecordFilter.NotEqual(BlockedOn(SyncSide.Local), FieldValue.Boolean(true)))
            .IntegrationFilter(RecordFilter.NotEqual(BlockedOn(SyncSide.Integration), FieldValue.Boolean(true)))
            .WhenOutsideFilter(policy);
        return policy == OutsideFilterPolicy.Follow ? builder.Field(BlockedOn(SyncSide.Local), BlockedOn(SyncSide.Integration)) : builder;
    }

    private static InMemoryTableOptions Local(InMemoryTableOptions options, WorldSettings settings) => options with
    {
        PageSize = settings.LocalPageSize,
        Overlap = Overlap,
        Answer = settings.LocalAnswer,
        Normalize = NormalizeOf(settings.Forms, NormalizeLocal),
    };

    private static InMemoryTableOptions Integration(InMemoryTableOptions options, WorldSettings settings) => options with
    {
        PageSize = settings.IntegrationPageSize,
        Overlap = Overlap,
        Answer = settings.IntegrationAnswer,
        Normalize = NormalizeOf(settings.Forms, NormalizeIntegration),
    };

    private static Func<FieldSchema, FieldValue, FieldValue>? NormalizeOf(ServerForms forms, Func<FieldSchema, FieldValue, FieldValue> untold) => forms switch
    {
        ServerForms.Told => StoredForm.Of,
        ServerForms.Untold => untold,
        _ => null,
    };

    private static TableSchema WithLocalForms(TableSchema schema) => With(schema, field => field.Name switch
    {
        "city" => field with { TextNormalization = TextNormalization.StoresUpperCase },
        "since" => field with { TimeResolution = TimeSpan.FromMilliseconds(10) },
        _ => field,
    });

    private static TableSchema WithIntegrationForms(TableSchema schema) => With(schema, field => field.Name switch
    {
        "credit" => field with { Scale = 1 },
        "since" => field with { TimeResolution = TimeSpan.FromSeconds(1) },
        "note" or "site" or "city" => field with { TextNormalization = TextNormalization.TrimsEnd | TextNormalization.StoresLineFeeds },
        _ => field,
    });

    private static TableSchema With(TableSchema schema, Func<FieldSchema, FieldSchema> change) => schema with { Fields = [.. schema.Fields.Select(change)] };

    private static FieldValue NormalizeLocal(FieldSchema field, FieldValue value) =>
        field.Name == "city" && value.Kind == FieldValueKind.Text ? FieldValue.Text(value.AsText().ToUpperInvariant()) : value;

    private static FieldValue NormalizeIntegration(FieldSchema field, FieldValue value) => (field.Name, value.Kind) switch
    {
        ("credit", FieldValueKind.Decimal) => FieldValue.Decimal(Math.Round(value.AsDecimal(), 1)),
        ("name" or "city", FieldValueKind.Text) => FieldValue.Text(value.AsText().Trim().ToLowerInvariant()),
        _ => value,
    };
}
