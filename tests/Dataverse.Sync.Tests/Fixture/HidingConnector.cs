namespace Dataverse.Sync.Tests.Fixture;

/// <summary>
/// A system that does not return a record by its id although it exists, as after a lost permission or from a lagging replica.
/// </summary>
internal sealed class HidingConnector(ITableConnector inner) : ForwardingConnector(inner)
{
    public Guid? Hides { get; set; }

    public override async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) =>
        [.. (await Inner.ReadByIdAsync(query, cancellationToken)).Where(record => record.Id != Hides)];
}
