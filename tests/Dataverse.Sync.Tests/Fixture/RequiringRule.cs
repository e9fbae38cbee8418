namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A rule that reads whether a customer is blocked, which is not mapped.</summary>
internal sealed class RequiringRule : ISyncRule
{
    public Func<PartnerWantedArguments, Guid?>? Partner { get; set; }

    public Action<FieldsTransferredArguments>? Transfer { get; set; }

    public Func<WriteArguments, RecordDecision>? Before { get; set; }

    public Action<WriteArguments>? After { get; set; }

    public bool AppliesTo(IIntegrationTableMapping mapping) => mapping.Name == EngineFixture.Mapping;

    public IReadOnlyList<string> RequiredFields(IIntegrationTableMapping mapping, SyncSide side) =>
        side == SyncSide.Local ? ["blocked"] : [];

    public ValueTask<Guid?> PartnerWantedAsync(PartnerWantedArguments arguments, CancellationToken cancellationToken) =>
        new(Partner?.Invoke(arguments));

    public ValueTask FieldsTransferredAsync(
        FieldsTransferredArguments arguments, CancellationToken cancellationToken)
    {
        Transfer?.Invoke(arguments);
        return ValueTask.CompletedTask;
    }

    public ValueTask<RecordDecision> BeforeWriteAsync(WriteArguments arguments, CancellationToken cancellationToken) =>
        new(Before?.Invoke(arguments) ?? RecordDecision.Keep);

    public ValueTask AfterWriteAsync(WriteArguments arguments, CancellationToken cancellationToken)
    {
        After?.Invoke(arguments);
        return ValueTask.CompletedTask;
    }
}
