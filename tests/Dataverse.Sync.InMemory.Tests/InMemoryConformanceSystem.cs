using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.InMemory.Tests;

/// <summary>An in-memory system of either flavour with a table that has a field of every type.</summary>
internal sealed class InMemoryConformanceSystem : ConformanceSystem
{
    private readonly FakeTimeProvider time = new(InMemorySystems.Start);
    private readonly InMemoryConnector connector;
    private readonly InMemoryTable table;

    public InMemoryConformanceSystem(InMemoryFlavor flavor, WriteAnswer answer)
    {
        var isDataverse = flavor == InMemoryFlavor.Dataverse;
        connector = new InMemoryConnector(new InMemoryOptions { Flavor = flavor, TimeProvider = time });
        table = connector.AddTable("customers", define => define
            .BusinessKey("number", firstNumber: "C00010")
            .Text("displayName")
            .Text("city", 30)
            .Field("creditLimit", FieldType.Decimal)
            .Field("employees", FieldType.Integer)
            .Field("isTaxLiable", FieldType.Boolean)
            .Field("externalId", FieldType.Identifier)
            .Field("since", FieldType.Date)
            .Field("calledOn", FieldType.DateTime)
            .Choice("blocked", FieldValue.Text("Ship"), FieldValue.Text("All"))
            .Reference("owner", "users", "teams")
            .ReadOnly("balance", FieldType.Decimal)
            .ModifiedOn("modifiedOn")
            .With(options => options with { PageSize = 500, Answer = answer }));
        Traits = new ConformanceTraits
        {
            ReportsDeletions = isDataverse,
            KeepsChosenIds = isDataverse,
            HasUniqueBusinessKey = true,
            CheckpointsExpire = true,
        };
    }

    public override ITableConnector Connector => connector;

    public override ConformanceTraits Traits { get; }

    public override ConformanceTable Table { get; } = new()
    {
        Name = "customers",
        BusinessKey = "number",
        Text = "displayName",
        OtherText = "city",
        ReadOnly = "balance",
        Samples =
        [
            new(
                "creditLimit", FieldType.Decimal, FieldValue.Decimal(1234.56m), FieldValue.Decimal(-0.01m),
                FieldValue.Decimal(0)),
            new("employees", FieldType.Integer, FieldValue.Integer(42), FieldValue.Integer(0)),
            new("isTaxLiable", FieldType.Boolean, FieldValue.Boolean(true), FieldValue.Boolean(false)),
            new(
                "externalId", FieldType.Identifier,
                FieldValue.Identifier(new Guid("11111111-2222-4333-8444-555555555555")),
                FieldValue.Identifier(new Guid("99999999-2222-4333-8444-555555555555"))),
            new(
                "since", FieldType.Date, FieldValue.Date(new DateOnly(2024, 2, 29)),
                FieldValue.Date(new DateOnly(1999, 12, 31))),
            new(
                "calledOn", FieldType.DateTime, FieldValue.DateTime(InMemorySystems.Start),
                FieldValue.DateTime(InMemorySystems.Start.AddDays(-400))),
            new("blocked", FieldType.Choice, FieldValue.Text("Ship"), FieldValue.Text("All")),
            new(
                "owner", FieldType.Reference,
                FieldValue.Reference(new Guid("aaaaaaaa-2222-4333-8444-555555555555"), "users"),
                FieldValue.Reference(new Guid("bbbbbbbb-2222-4333-8444-555555555555"), "teams")),
        ],
    };

    public override Task<IReadOnlyList<Guid>> InsertAsync(IReadOnlyList<IReadOnlyList<FieldWrite>> rows) =>
        Task.FromResult<IReadOnlyList<Guid>>(
            [.. rows.Select(row => table.Edit(WriteKind.Insert, Guid.Empty, row)!.Id)]);

    public override Task UpdateAsync(Guid id, IReadOnlyList<FieldWrite> fields)
    {
        _ = table.Edit(WriteKind.Update, id, fields);
        return Task.CompletedTask;
    }

    public override Task DeleteAsync(Guid id)
    {
        table.Delete(id);
        return Task.CompletedTask;
    }

    public override Task ExpireCheckpointsAsync()
    {
        table.ExpireCheckpoints();
        return Task.CompletedTask;
    }

    public override void LoseNextAnswer() => connector.Faults.FailWrites(InMemoryWriteFault.AnswerLost);

    public override void PassTime(TimeSpan time) => this.time.Advance(time);
}
