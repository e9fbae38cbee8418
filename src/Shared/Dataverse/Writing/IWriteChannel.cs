namespace Dataverse.Sync.Shared;

/// <summary>Sends writes to one table.</summary>
internal interface IWriteChannel
{
    /// <summary>Creates records with the chosen ids by one message that creates all of them or none.</summary>
    /// <param name="writes">The inserts.</param>
    /// <param name="deadline">The time after which the message is not sent; null for no limit.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The ids of the records, in the order of the writes.</returns>
    Task<SendOutcome<Guid>> CreateAsync(
        IReadOnlyList<PendingWrite> writes, SendDeadline? deadline, CancellationToken cancellationToken);

    /// <summary>Sends writes that are performed each on its own, whatever happens to the others.</summary>
    /// <param name="parts">The writes. One that takes several requests is performed whole or not at all.</param>
    /// <param name="deadline">The time after which the batch is not sent; null for no limit.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    Task<SendOutcome<PartAnswer>> SendAsync(
        IReadOnlyList<PartWrite> parts, SendDeadline? deadline, CancellationToken cancellationToken);
}
