namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A rule whose members a test fills in; it takes part in the customer mapping only.</summary>
internal sealed class TestRule : ISyncRule
{
    public List<string> Calls { get; } = [];

    public Func<RecordSelectedArguments, RecordDecision>? Select { get; set; }

    public Func<PartnerWantedArguments, Guid?>? Partner { get; set; }

    public Action<FieldsTransferredArguments>? Transfer { get; set; }

    public Func<ConflictDetectedArguments, ConflictDecision>? Conflict { get; set; }

    public Func<DeletionDetectedArguments, DeletionPolicy?>? Deletion { get; set; }

    public Func<WriteArguments, RecordDecision>? Before { get; set; }

    public Action<WriteArguments>? After { get; set; }

    public bool AppliesTo(IIntegrationTableMapping mapping) => mapping.Name == EngineFixture.Mapping;

    public ValueTask<RecordDecision> RecordSelectedAsync(
        RecordSelectedArguments arguments,
        CancellationToken cancellationToken)
    {
        Calls.Add("selected");
        return new(Select?.Invoke(arguments) ?? RecordDecision.Keep);
    }

    public ValueTask<Guid?> PartnerWantedAsync(PartnerWantedArguments arguments, CancellationToken cancellationToken)
    {
        Calls.Add("partner");
        return new(Partner?.Invoke(arguments));
    }

    public ValueTask FieldsTransferredAsync(FieldsTransferredArguments arguments, CancellationToken cancellationToken)
    {
        Calls.Add("transferred");
        Transfer?.Invoke(arguments);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ConflictDecision> ConflictDetectedAsync(
        ConflictDetectedArguments arguments,
        CancellationToken cancellationToken)
    {
        Calls.Add("conflict");
        return new(Conflict?.Invoke(arguments) ?? ConflictDecision.FollowPolicy);
    }

    public ValueTask<DeletionPolicy?> DeletionDetectedAsync(
        DeletionDetectedArguments arguments,
        CancellationToken cancellationToken)
    {
        Calls.Add("deletion");
        return new(Deletion?.Invoke(arguments));
    }

    public ValueTask<RecordDecision> BeforeWriteAsync(WriteArguments arguments, CancellationToken cancellationToken)
    {
        Calls.Add("before");
        return new(Before?.Invoke(arguments) ?? RecordDecision.Keep);
    }

    public ValueTask AfterWriteAsync(WriteArguments arguments, CancellationToken cancellationToken)
    {
        Calls.Add("after");
        After?.Invoke(arguments);
        return ValueTask.CompletedTask;
    }
}
