namespace Dataverse.Sync.Execution;

/// <summary>The partners that a run has assigned to uncoupled records. None is assigned to a second record.</summary>
internal sealed class AssignedPartners
{
    private readonly Dictionary<Guid, RecordKey> records = [];

    /// <summary>Whether a partner is assigned to no other record.</summary>
    public bool MayAssign(Guid partner, RecordKey record) =>
        !records.TryGetValue(partner, out var other) || other == record;

    /// <summary>Assigns a partner to a record. One that is processed again in the same run gets the same partner.</summary>
    /// <returns>False if the partner is assigned to another record.</returns>
    public bool TryAssign(Guid partner, RecordKey record) =>
        records.TryAdd(partner, record) || records[partner] == record;
}
