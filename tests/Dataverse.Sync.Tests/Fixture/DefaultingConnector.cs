namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A system that fills fields of a new record which the caller did not send, as from a template.</summary>
internal sealed class DefaultingConnector(ITableConnector inner, string table, params IReadOnlyList<FieldWrite> defaults)
    : ForwardingConnector(inner)
{
    public override Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) =>
        Inner.WriteAsync(batch with { Operations = [.. batch.Operations.Select(operation => Fill(batch.Table, operation))] }, cancellationToken);

    private WriteOperation Fill(string name, WriteOperation operation) => name != table || operation.Kind != WriteKind.Insert
        ? operation
        : operation with
        {
            Fields =
            [
                .. operation.Fields,
                .. defaults.Where(value => operation.Fields.All(sent => sent.Field != value.Field)),
            ],
        };
}
