using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>The tables of the two systems that the engine's tests synchronize, small siblings of the standard ones.</summary>
internal static class CrmTables
{
    public static InMemoryConnector NewLocal(
        TimeProvider time,
        Func<InMemoryTableOptions,
        InMemoryTableOptions>? change = null,
        string? identity = null)
    {
        var system = new InMemoryConnector(
            new InMemoryOptions { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = time, Identity = identity });
        _ = system.AddTable("salespeople", table => table
            .BusinessKey("code", firstNumber: "SP001")
            .Text("displayName")
            .Text("email"));
        _ = system.AddTable("customers", table => table
            .BusinessKey("number", firstNumber: "C00010")
            .Text("displayName")
            .Code("postalCode")
            .Field("creditLimit", FieldType.Decimal)
            .Field(
                Choice("category", (FieldValue.Text("Preferred"), "Preferred"), (FieldValue.Text("Standard"), "Standard")))
            .Field("taxLiable", FieldType.Boolean)
            .ReadOnly("balance", FieldType.Decimal)
            .Text("website")
            .Code("salespersonCode")
            .Field("blocked", FieldType.Boolean)
            .With(change ?? (options => options)));
        return system;
    }

    public static InMemoryConnector NewIntegration(
        TimeProvider time,
        Func<InMemoryTableOptions,
        InMemoryTableOptions>? change = null,
        string? identity = null,
        Action<InMemoryTableBuilder>? changeAccount = null)
    {
        var system = new InMemoryConnector(
            new InMemoryOptions { Flavor = InMemoryFlavor.Dataverse, TimeProvider = time, Seed = 2, Identity = identity });
        _ = system.AddTable("systemuser", table => table
            .Key("systemuserid")
            .Text("fullname")
            .Text("internalemailaddress"));
        _ = system.AddTable("account", table => Add(changeAccount, table)
            .Key("accountid")
            .Text("accountnumber", 20)
            .Text("name", 20)
            .Text("postalcode", 20)
            .Field("creditlimit", FieldType.Decimal)
            .Field(Choice("category", (FieldValue.Integer(1), "Preferred"), (FieldValue.Integer(2), "Standard")))
            .Field("taxliable", FieldType.Boolean)
            .Field("balance", FieldType.Decimal)
            .Text("websiteurl")
            .Reference("ownerid", "systemuser", "team")
            .Reference("secondid", "systemuser")
            .Field("inactive", FieldType.Boolean)
            .With(change ?? (options => options)));
        return system;
    }

    private static InMemoryTableBuilder Add(Action<InMemoryTableBuilder>? change, InMemoryTableBuilder table)
    {
        change?.Invoke(table);
        return table;
    }

    public static IntegrationTableMapping Salesperson() => new IntegrationTableMappingBuilder("SALESPERSON")
        .Between("salespeople", "systemuser")
        .Direction(SyncDirection.FromIntegrationTable)
        .Field("displayName", "fullname")
        .Field("email", "internalemailaddress", field => field.UseForMatching())
        .OnlyCoupledRecords(false)
        .Build();

    public static IntegrationTableMapping Customer(Action<IntegrationTableMappingBuilder>? change = null)
    {
        var builder = new IntegrationTableMappingBuilder("CUSTOMER")
            .Between("customers", "account")
            .DependsOn("SALESPERSON")
            .Field("number", "accountnumber", field => field.ToIntegration().UseForMatching())
            .Field("displayName", "name")
            .Field("postalCode", "postalcode")
            .Field("creditLimit", "creditlimit")
            .Field("category", "category")
            .Field("taxLiable", "taxliable")
            .Field("balance", "balance", field => field.ToIntegration())
            .Field("website", "websiteurl", field => field.FromIntegration())
            .Lookup("salespersonCode", "ownerid", via: "SALESPERSON", localKey: "code")
            .OnlyCoupledRecords(false);
        change?.Invoke(builder);
        return builder.Build();
    }

    private static FieldSchema Choice(string name, params (FieldValue Value, string Label)[] options) =>
        new()
        {
            Name = name,
            Type = FieldType.Choice,
            Options = [.. options.Select(option => new ChoiceOption(option.Value, option.Label))],
        };
}
