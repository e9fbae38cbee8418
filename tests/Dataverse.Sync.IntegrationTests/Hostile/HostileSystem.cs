using System.Text.Json.Nodes;
using CsCheck;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>An emulator with a few records, a connector to it, and a hostile service in between.</summary>
internal sealed class HostileSystem : IAsyncDisposable
{
    /// <summary>Part of every text that the records hold; no message may tell it.</summary>
    public const string Secret = "Geheimnis";

    /// <summary>What the token is; no message may tell it.</summary>
    public const string Token = "bearertoken";

    private const int RecordCount = 8;
    private const int StrangerCount = 260;

    private readonly IAsyncDisposable emulator;
    private readonly Func<ITableConnector> connect;

    private HostileSystem(SyncSide side, IAsyncDisposable emulator, HostileHandler handler, Func<ITableConnector> connect)
    {
        (Side, this.emulator, this.connect, Handler) = (side, emulator, connect, handler);
        Connector = connect();
    }

    public SyncSide Side { get; }

    public ITableConnector Connector { get; }

    public HostileHandler Handler { get; }

    public string Table => Side == SyncSide.Local ? "customers" : "account";

    public string Name => Side == SyncSide.Local ? "displayName" : "name";

    /// <summary>The ids of the records, and of many that do not exist: so many that a read by id takes a batch.</summary>
    public IReadOnlyList<Guid> Ids { get; private init; } = [];

    /// <summary>A position after which records were changed, inserted, and deleted.</summary>
    public Checkpoint? Since { get; private set; }

    public Func<Guid, JsonObject?> Find { get; private init; } = null!;

    /// <summary>The ids of the records whose name is a text.</summary>
    public Func<string, IReadOnlyList<Guid>> Named { get; private init; } = null!;

    public Func<string, Guid> Insert { get; private init; } = null!;

    /// <summary>Deletes the records that were added later.</summary>
    public Action Clear { get; private init; } = null!;

    private string[] Fields => Side == SyncSide.Local
        ? ["number", "displayName", "city", "blocked", "creditLimit", "currencyId"]
        : ["name", "accountnumber", "creditlimit", "customertypecode", "primarycontactid", "donotphone", "ownerid"];

    public static Task<HostileSystem> StartAsync(SyncSide side, bool keepsAnswers) =>
        side == SyncSide.Local ? StartBusinessCentralAsync(keepsAnswers) : StartDataverseAsync(keepsAnswers);

    /// <summary>The reads by name; each gives everything that the connector answered, in a form that can be compared.</summary>
    public IReadOnlyDictionary<string, Func<CancellationToken, Task<string>>> Reads => new Dictionary<string, Func<CancellationToken, Task<string>>>
    {
        ["changes"] = token => ReadChangesAsync(null, token),
        ["changes since"] = token => ReadChangesAsync(Since, token),
        ["by few ids"] = token => ReadByIdAsync(Ids.Take(RecordCount), token),
        ["by many ids"] = token => ReadByIdAsync(Ids, token),
        ["by text"] = async token => Describe(await Connector.FindAsync(
            new() { Table = Table, Fields = Fields, Field = Name, Values = [FieldValue.Text($"{Secret} 1"), FieldValue.Text($"{Secret} 2")] }, token)),
        ["whole"] = async token => Describe(await Connector.FindAsync(new() { Table = Table, Fields = Fields, Field = Name }, token)),
        ["keys"] = async token => string.Join('\n', (await Connector.ReadKeysAsync(Table, token).ToListAsync(token)).SelectMany(page => page.Select(key => key.Id)).Distinct().Order()),
        ["schema"] = ReadSchemaAsync,
    };

    public async ValueTask DisposeAsync()
    {
        (Connector as IDisposable)?.Dispose();
        Handler.Dispose();
        await emulator.DisposeAsync();
    }

    private static async Task<HostileSystem> StartBusinessCentralAsync(bool keepsAnswers)
    {
        var emulator = await BusinessCentralEmulator.StartAsync();
        var company = emulator.AddCompany("CRONUS");
        var handler = new HostileHandler { KeepsAnswers = keepsAnswers };
        var table = emulator.Table("customers", company.Id);
        Guid Insert(string name) => table.Insert(new JsonObject { ["displayName"] = name, ["city"] = Secret })["id"]!.GetValue<Guid>();
        Guid[] ids = [.. Enumerable.Range(0, RecordCount).Select(number => Insert($"{Secret} {number}"))];
        var system = new HostileSystem(SyncSide.Local, emulator, handler, () => new BusinessCentralConnector(new()
        {
            BaseAddress = emulator.BaseAddress,
            Company = "CRONUS",
            AccessToken = _ => new(Token),
            HttpMessageHandler = handler,
            MaxRetries = 0,
            PageSize = 3,
            MaxResponseBytes = 4 * 1024 * 1024,
        }))
        {
            Ids = [.. ids, .. Enumerable.Range(0, StrangerCount).Select(_ => Guid.NewGuid())],
            Find = table.Get,
            Named = name => [.. table.Rows.Where(row => (string?)row["displayName"] == name).Select(row => row["id"]!.GetValue<Guid>())],
            Insert = Insert,
            Clear = () => table.Rows.Select(row => row["id"]!.GetValue<Guid>()).Except(ids).ToList().ForEach(id => table.Delete(id)),
        };
        return await system.ChangeAsync(() => table.Update(ids[1], new() { ["city"] = Secret + "!" }));
    }

    private static async Task<HostileSystem> StartDataverseAsync(bool keepsAnswers)
    {
        var emulator = await DataverseEmulator.StartAsync(new() { ServiceProtection = new() { MaxRequests = int.MaxValue, MaxExecutionTime = TimeSpan.FromDays(1) } });
        var handler = new HostileHandler { KeepsAnswers = keepsAnswers };
        var contact = emulator.Table("contact").Insert([("lastname", Secret)]).Id;
        var table = emulator.Table("account");
        Guid Insert(string name) => table.Insert([("name", name), ("accountnumber", Secret), ("primarycontactid", new DataverseReference("contact", contact))]).Id;
        Guid[] ids = [.. Enumerable.Range(0, RecordCount).Select(number => Insert($"{Secret} {number}"))];
        var system = new HostileSystem(SyncSide.Integration, emulator, handler, () => new WebApiConnector(new()
        {
            EnvironmentUrl = emulator.BaseAddress,
            AccessToken = _ => new(Token),
            HttpMessageHandler = handler,
            MaxRetries = 0,
            RetryDelay = TimeSpan.Zero,
            PageSize = 3,
            MaxResponseBytes = 4 * 1024 * 1024,
        }))
        {
            Ids = [.. ids, .. Enumerable.Range(0, StrangerCount).Select(_ => Guid.NewGuid())],
            Find = id => table.Find(id) is { } row ? new JsonObject { ["name"] = (string?)row["name"] } : null,
            Named = name => [.. table.Rows.Where(row => (string?)row["name"] == name).Select(row => row.Id)],
            Insert = Insert,
            Clear = () => table.Rows.Select(row => row.Id).Except(ids).ToList().ForEach(id => table.Delete(id)),
        };
        var gone = Insert("gone");
        return await system.ChangeAsync(() =>
        {
            _ = table.Update(ids[1], ("accountnumber", Secret + "!"));
            table.Delete(gone);
        });
    }

    private async Task<HostileSystem> ChangeAsync(Action change)
    {
        var pages = await Connector.ReadChangesAsync(new() { Table = Table, Fields = Fields }, default).ToListAsync();
        Since = pages[^1].Checkpoint;
        change();
        return this;
    }

    private async Task<string> ReadChangesAsync(Checkpoint? since, CancellationToken cancellationToken)
    {
        var pages = await Connector.ReadChangesAsync(new() { Table = Table, Fields = Fields, Since = since }, cancellationToken).ToListAsync(cancellationToken);
        pages[^1].Checkpoint.Should().NotBeNull();
        pages.Count(page => page.Checkpoint is not null).Should().Be(1);
        return $"{pages[0].Coverage}\n{Describe(pages.SelectMany(page => page.Records))}\n{string.Join('\n', pages.SelectMany(page => page.Deleted).Distinct().Order())}";
    }

    private async Task<string> ReadByIdAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        Describe(await Connector.ReadByIdAsync(new() { Table = Table, Fields = Fields, Ids = [.. ids] }, cancellationToken));

    // A schema is kept, so that only a new connector reads one.
    private async Task<string> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        var fresh = connect();
        using var disposal = fresh as IDisposable;
        var schema = await fresh.GetSchemaAsync(Table, cancellationToken);
        return schema is null ? "none" : $"{schema.Name} {schema.KeyField}\n{string.Join('\n', schema.Fields.Select(field => $"{field.Name} {field.Type}"))}";
    }

    private static string Describe(IEnumerable<TableRecord> records) => string.Join(
        '\n', records.Select(record => $"{record.Id} {string.Join('|', record.Values.ToArray().Select(value => $"{value.Kind} {value}"))}").Distinct().Order(StringComparer.Ordinal));
}
