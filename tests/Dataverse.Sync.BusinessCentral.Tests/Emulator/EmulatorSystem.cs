using System.Text.Json.Nodes;
using System.Xml;
using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>An emulator of its own for each fact, with one table that the facts use.</summary>
internal sealed class EmulatorSystem : ConformanceSystem
{
    private readonly FakeTimeProvider time;
    private readonly BusinessCentralEmulator emulator;
    private readonly BusinessCentralConnector connector;
    private readonly Func<BusinessCentralConnector> connect;

    private EmulatorSystem(BusinessCentralEmulator emulator, FakeTimeProvider time, EmulatorTable table)
    {
        (this.emulator, this.time) = (emulator, time);
        Table = table.Describe(emulator);
        Traits = new ConformanceTraits { ReportsDeletions = false, KeepsChosenIds = table.KeepsChosenIds, HasUniqueBusinessKey = true, CheckpointsExpire = false };
        connect = () => EmulatorConnector.Make(emulator, table.Configure);
        connector = connect();
    }

    public override ITableConnector Connector => connector;

    public override ConformanceTable Table { get; }

    public override ConformanceTraits Traits { get; }

    public static async Task<ConformanceSystem> StartAsync(EmulatorTable table, BusinessCentralEmulatorOptions? options = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero));
        var emulator = await BusinessCentralEmulator.StartAsync((options ?? new()) with { TimeProvider = time, MaxPageSize = 500, Tables = table.Pages });
        _ = emulator.AddCompany("CRONUS");
        return new EmulatorSystem(emulator, time, table);
    }

    public override Task<IReadOnlyList<Guid>> InsertAsync(IReadOnlyList<IReadOnlyList<FieldWrite>> rows) =>
        Task.FromResult<IReadOnlyList<Guid>>([.. rows.Select(row => emulator.Table(Table.Name).Insert(ToJson(row))["id"]!.GetValue<Guid>())]);

    public override Task UpdateAsync(Guid id, IReadOnlyList<FieldWrite> fields)
    {
        _ = emulator.Table(Table.Name).Update(id, ToJson(fields));
        return Task.CompletedTask;
    }

    public override Task DeleteAsync(Guid id)
    {
        emulator.Table(Table.Name).Delete(id);
        return Task.CompletedTask;
    }

    public override Task ExpireCheckpointsAsync() => throw new NotSupportedException("A stamp does not expire.");

    public override void LoseNextAnswer() => emulator.Faults.Add(EmulatorFault.ConnectionCut(afterCommit: true).On(request => request.IsWrite));

    public override ITableConnector Reconnect() => connect();

    public override void PassTime(TimeSpan time) => this.time.Advance(time);

    public override Task<bool> StampAheadAsync(Guid id, TimeSpan ahead)
    {
        emulator.ForcedStamp = time.GetUtcNow() + ahead;
        _ = emulator.Table(Table.Name).Update(id, []);
        emulator.ForcedStamp = null;
        return Task.FromResult(true);
    }

    public override async ValueTask DisposeAsync()
    {
        connector.Dispose();
        await emulator.DisposeAsync();
        await base.DisposeAsync();
    }

    private JsonObject ToJson(IEnumerable<FieldWrite> fields)
    {
        var row = new JsonObject();
        foreach (var (field, value) in fields)
        {
            row[field] = value.Kind switch
            {
                FieldValueKind.Boolean => value.AsBoolean(),
                FieldValueKind.Integer or FieldValueKind.Decimal => value.AsDecimal(),
                FieldValueKind.Text when IsChoice(field) => XmlConvert.EncodeLocalName(value.AsText()),
                _ => value.ToString(),
            };
        }

        return row;
    }

    private bool IsChoice(string field) => Table.Samples.Any(sample => sample.Name == field && sample.Type == FieldType.Choice);
}
