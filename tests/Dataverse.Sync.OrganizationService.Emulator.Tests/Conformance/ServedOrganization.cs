using Dataverse.Sync.Conformance;
using Dataverse.Sync.OrganizationService;
using Dataverse.Sync.OrganizationService.Emulator;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>An emulated organization with a table under test, and the connector to its organization service.</summary>
internal sealed class ServedOrganization : ConformanceSystem
{
    private readonly FakeTimeProvider time;
    private readonly Action<OrganizationServiceOptions> configure;
    private readonly DataverseTable rows;
    private readonly List<OrganizationServiceConnector> connectors = [];

    private ServedOrganization(DataverseEmulator emulator, FakeTimeProvider time, ConformanceTable table, Action<OrganizationServiceOptions> configure)
    {
        (Emulator, Table, this.time, this.configure) = (emulator, table, time, configure);
        rows = emulator.Table(table.Name);
    }

    public DataverseEmulator Emulator { get; }

    public override ITableConnector Connector => connectors[0];

    public override ConformanceTable Table { get; }

    public override ConformanceTraits Traits => new()
    {
        ReportsDeletions = rows.ChangeTracking,
        KeepsChosenIds = true,
        HasUniqueBusinessKey = false,
        CheckpointsExpire = rows.ChangeTracking,
    };

    /// <summary>Starts an organization.</summary>
    /// <param name="make">Makes the table under test.</param>
    /// <param name="emulate">The emulator's switches.</param>
    /// <param name="configure">Changes to the connector's options.</param>
    public static async Task<ServedOrganization> StartAsync(
        Func<DataverseEmulator, ConformanceTable> make,
        Func<DataverseEmulatorOptions, DataverseEmulatorOptions>? emulate = null,
        Action<OrganizationServiceOptions>? configure = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero));
        var options = new DataverseEmulatorOptions { TimeProvider = time };
        var emulator = await DataverseEmulator.StartAsync(emulate?.Invoke(options) ?? options);
        var system = new ServedOrganization(emulator, time, make(emulator), configure ?? (_ => { }));
        _ = system.Reconnect();
        return system;
    }

    public override ITableConnector Reconnect()
    {
        var options = new OrganizationServiceOptions
        {
            PageSize = 500,
            RetryDelay = TimeSpan.Zero,
        };
        configure(options);
        connectors.Add(new OrganizationServiceConnector(Service, options));
        return connectors[^1];
    }

    public override Task<IReadOnlyList<Guid>> InsertAsync(IReadOnlyList<IReadOnlyList<FieldWrite>> rows) =>
        Task.FromResult<IReadOnlyList<Guid>>([.. rows.Select(row => this.rows.Insert(Columns(row)).Id)]);

    public override Task UpdateAsync(Guid id, IReadOnlyList<FieldWrite> fields)
    {
        _ = rows.Update(id, Columns(fields));
        return Task.CompletedTask;
    }

    public override Task DeleteAsync(Guid id)
    {
        rows.Delete(id);
        return Task.CompletedTask;
    }

    public override Task ExpireCheckpointsAsync()
    {
        Emulator.ExpireDeltaTokens();
        return Task.CompletedTask;
    }

    public override void LoseNextAnswer() => Emulator.Faults.Add(EmulatorFault.ConnectionCut(afterCommit: true).On(request => request.IsWrite));

    public override void PassTime(TimeSpan time) => this.time.Advance(time);

    public override async ValueTask DisposeAsync()
    {
        connectors.ForEach(connector => connector.Dispose());
        await Emulator.DisposeAsync();
        await base.DisposeAsync();
    }

    private static IEnumerable<(string Column, object? Value)> Columns(IEnumerable<FieldWrite> fields) =>
        fields.Select(field => (field.Field, ValueOf(field.Field, field.Value)));

    private static object? ValueOf(string field, FieldValue value) => value.Kind switch
    {
        FieldValueKind.Decimal when field == TablesUnderTest.DoubleColumn => (double)value.AsDecimal(),
        FieldValueKind.Blank => null,
        FieldValueKind.Boolean => value.AsBoolean(),
        FieldValueKind.Integer => (int)value.AsInteger(),
        FieldValueKind.Decimal => value.AsDecimal(),
        FieldValueKind.Date => value.AsDate(),
        FieldValueKind.DateTime => value.AsDateTime(),
        FieldValueKind.Identifier => value.AsIdentifier(),
        FieldValueKind.Reference => new DataverseReference(value.ReferencedTable!, value.AsIdentifier()),
        _ => value.AsText(),
    };
}
