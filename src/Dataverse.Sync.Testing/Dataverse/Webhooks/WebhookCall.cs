namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The circumstances of an event: who wrote, where, and when.</summary>
internal sealed record WebhookCall
{
    public required DataverseCaller Caller { get; init; }

    public required Guid BusinessUnit { get; init; }

    public required DataverseRow Organization { get; init; }

    public required DataverseTableSchema Table { get; init; }

    public required DateTimeOffset HappenedOn { get; init; }

    public required Guid CorrelationId { get; init; }

    public Guid OperationId { get; } = Guid.NewGuid();

    public static WebhookCall Of(RowEvent happened, DataverseTransaction transaction, Guid correlationId) => new()
    {
        Caller = transaction.Caller,
        BusinessUnit = (transaction.State.Find("systemuser", transaction.Caller.User)?["businessunitid"] as DataverseReference)?.Id
            ?? Guid.Empty,
        Organization = transaction.State["organization"].All.Single(),
        Table = transaction.State.Schema[happened.Row.Table],
        HappenedOn = transaction.Now,
        CorrelationId = correlationId,
    };
}
