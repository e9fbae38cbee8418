using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.InMemory.Tests;

/// <summary>The two systems that the tests of the in-memory tables use.</summary>
internal static class InMemorySystems
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, 125, TimeSpan.Zero);

    public static InMemoryConnector NewBusinessCentral(out InMemoryTable customers, FakeTimeProvider? time = null)
    {
        var connector = New(InMemoryFlavor.BusinessCentral, time);
        customers = connector.AddTable("customers", table => table
            .BusinessKey("number", firstNumber: "C00010")
            .Text("displayName")
            .Code("salespersonCode")
            .Field("creditLimit", FieldType.Decimal)
            .ReadOnly("balance", FieldType.Decimal)
            .Choice("blocked", FieldValue.Text("Ship"), FieldValue.Text("All"))
            .ModifiedOn("lastModifiedDateTime"));
        return connector;
    }

    public static InMemoryConnector NewDataverse(out InMemoryTable accounts, FakeTimeProvider? time = null)
    {
        var connector = New(InMemoryFlavor.Dataverse, time);
        accounts = connector.AddTable("account", table => table
            .Key("accountid")
            .Text("name", 160)
            .Reference("ownerid", "systemuser", "team")
            .ModifiedOn("modifiedon"));
        return connector;
    }

    public static FieldWrite[] Fields(params (string Field, string Value)[] fields) =>
        [.. fields.Select(field => new FieldWrite(field.Field, FieldValue.Text(field.Value)))];

    public static WriteOperation Insert(params (string Field, string Value)[] fields) =>
        new() { Kind = WriteKind.Insert, Id = Guid.Empty, Fields = Fields(fields) };

    public static async Task<WriteResult> WriteOneAsync(
        this ITableConnector connector, string table, WriteOperation operation) =>
        (await connector.WriteAsync(new WriteBatch(table, [operation]), default)).Should().ContainSingle().Subject;

    public static async Task<List<ChangePage>> ReadAllAsync(this ITableConnector connector, ChangeQuery query)
    {
        var pages = new List<ChangePage>();
        await foreach (var page in connector.ReadChangesAsync(query, default))
        {
            pages.Add(page);
        }

        return pages;
    }

    private static InMemoryConnector New(InMemoryFlavor flavor, FakeTimeProvider? time) =>
        new(new InMemoryOptions { Flavor = flavor, TimeProvider = time ?? new FakeTimeProvider(Start) });
}
