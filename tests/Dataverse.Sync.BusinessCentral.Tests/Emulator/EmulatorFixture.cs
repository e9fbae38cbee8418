using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>An emulator with one company and a connector to it; the emulator's clock stands until it is moved.</summary>
internal sealed class EmulatorFixture : IAsyncDisposable
{
    private static readonly string[] Fields = ["number", "displayName", "city", "blocked", "creditLimit", "currencyCode"];

    private EmulatorFixture(BusinessCentralEmulator emulator, FakeTimeProvider clock, Action<BusinessCentralOptions>? configure)
    {
        (Emulator, Clock) = (emulator, clock);
        Connector = EmulatorConnector.Make(emulator, configure, Pauses);
    }

    public BusinessCentralEmulator Emulator { get; }

    public FakeTimeProvider Clock { get; }

    public InstantTimeProvider Pauses { get; } = new();

    public BusinessCentralConnector Connector { get; }

    public static async Task<EmulatorFixture> StartAsync(BusinessCentralEmulatorOptions? options = null, Action<BusinessCentralOptions>? configure = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero));
        var emulator = await BusinessCentralEmulator.StartAsync((options ?? new()) with { TimeProvider = clock });
        _ = emulator.AddCompany("CRONUS");
        return new EmulatorFixture(emulator, clock, configure);
    }

    /// <summary>Another user creates a customer.</summary>
    public Guid AddCustomer(string number, string displayName = "Adatum") =>
        Emulator.Table("customers").Insert(Row(number, displayName))["id"]!.GetValue<Guid>();

    public static JsonObject Row(string number, string displayName = "Adatum") => new() { ["number"] = number, ["displayName"] = displayName };

    public async Task<List<ChangePage>> ReadChangesAsync(Checkpoint? since = null, int? pageSize = null)
    {
        var pages = new List<ChangePage>();
        var query = new ChangeQuery { Table = "customers", Fields = Fields, Since = since, PageSize = pageSize };
        await foreach (var page in Connector.ReadChangesAsync(query, default))
        {
            pages.Add(page);
        }

        return pages;
    }

    public async Task<TableRecord> ReadAsync(Guid id) =>
        (await Connector.ReadByIdAsync(new RecordQuery { Table = "customers", Fields = Fields, Ids = [id] }, default)).Should().ContainSingle().Subject;

    public async Task<IReadOnlyList<Guid>> FindAsync(string field, params FieldValue[] values) =>
        [.. (await Connector.FindAsync(new FieldQuery { Table = "customers", Fields = Fields, Field = field, Values = values }, default)).Select(record => record.Id)];

    public Task<IReadOnlyList<WriteResult>> WriteAsync(params WriteOperation[] operations) =>
        Connector.WriteAsync(new WriteBatch("customers", operations), default);

    public static WriteOperation Insert(string number, string displayName = "Adatum") => new()
    {
        Kind = WriteKind.Insert,
        Id = Guid.Empty,
        Fields = [new("number", FieldValue.Text(number)), new("displayName", FieldValue.Text(displayName))],
    };

    public static WriteOperation Update(Guid id, string? version, params FieldWrite[] fields) =>
        new() { Kind = WriteKind.Update, Id = id, ExpectedVersion = version, Fields = fields };

    public static WriteOperation Delete(Guid id, string? version) => new() { Kind = WriteKind.Delete, Id = id, ExpectedVersion = version };

    public async ValueTask DisposeAsync()
    {
        Connector.Dispose();
        await Emulator.DisposeAsync();
    }
}
