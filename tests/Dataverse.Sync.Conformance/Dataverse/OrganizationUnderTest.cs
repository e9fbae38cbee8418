using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Conformance;

/// <summary>An emulated organization with a table under test, whatever the connector to it.</summary>
public abstract class OrganizationUnderTest : ConformanceSystem
{
    private readonly FakeTimeProvider time;
    private readonly DataverseTable rows;

    /// <summary>Takes over an organization.</summary>
    /// <param name="emulator">The organization; disposed of with this object.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="table">The table under test.</param>
    protected OrganizationUnderTest(DataverseEmulator emulator, FakeTimeProvider time, ConformanceTable table)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        ArgumentNullException.ThrowIfNull(table);
        (Emulator, Table, this.time) = (emulator, table, time);
        rows = emulator.Table(table.Name);
    }

    /// <summary>The organization.</summary>
    public DataverseEmulator Emulator { get; }

    /// <inheritdoc/>
    public override ConformanceTable Table { get; }

    /// <inheritdoc/>
    public override ConformanceTraits Traits => new()
    {
        ReportsDeletions = rows.ChangeTracking,
        KeepsChosenIds = true,
        HasUniqueBusinessKey = false,
        CheckpointsExpire = rows.ChangeTracking,
    };

    /// <inheritdoc/>
    public override Task<IReadOnlyList<Guid>> InsertAsync(IReadOnlyList<IReadOnlyList<FieldWrite>> rows) =>
        Task.FromResult<IReadOnlyList<Guid>>([.. rows.Select(row => this.rows.Insert(Columns(row)).Id)]);

    /// <inheritdoc/>
    public override Task UpdateAsync(Guid id, IReadOnlyList<FieldWrite> fields)
    {
        _ = rows.Update(id, Columns(fields));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task DeleteAsync(Guid id)
    {
        rows.Delete(id);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task ExpireCheckpointsAsync()
    {
        Emulator.ExpireDeltaTokens();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void LoseNextAnswer() => Emulator.Faults.Add(EmulatorFault.ConnectionCut(afterCommit: true).On(request => request.IsWrite));

    /// <inheritdoc/>
    public override void PassTime(TimeSpan time) => this.time.Advance(time);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts an emulator on a clock that a test moves.</summary>
    /// <param name="emulate">The emulator's switches; null for the default ones.</param>
    protected static async Task<(DataverseEmulator Emulator, FakeTimeProvider Time)> StartEmulatorAsync(
        Func<DataverseEmulatorOptions, DataverseEmulatorOptions>? emulate)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero));
        var options = new DataverseEmulatorOptions { TimeProvider = time };
        return (await DataverseEmulator.StartAsync(emulate?.Invoke(options) ?? options), time);
    }

    private static IEnumerable<(string Column, object? Value)> Columns(IEnumerable<FieldWrite> fields) =>
        fields.Select(field => (field.Field, ValueOf(field.Field, field.Value)));

    private static object? ValueOf(string field, FieldValue value) => value.Kind switch
    {
        FieldValueKind.Decimal when field == TablesUnderTest.DoubleColumn => (double)value.AsDecimal(),
        FieldValueKind.Blank => null,
        FieldValueKind.Boolean => value.AsBoolean(),
        FieldValueKind.Integer => (int)value.AsInteger(),
        FieldValueKind.Duration => (int)value.AsDuration().TotalMinutes,
        FieldValueKind.MultiChoice => value.ToString(),
        FieldValueKind.Decimal => value.AsDecimal(),
        FieldValueKind.Date => value.AsDate(),
        FieldValueKind.DateTime => value.AsDateTime(),
        FieldValueKind.Identifier => value.AsIdentifier(),
        FieldValueKind.Reference => new DataverseReference(value.ReferencedTable!, value.AsIdentifier()),
        _ => value.AsText(),
    };
}
