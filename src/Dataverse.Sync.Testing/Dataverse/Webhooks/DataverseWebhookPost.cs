namespace Dataverse.Sync.Testing;

/// <summary>A post of a webhook that has ended, as the service records it in a system job.</summary>
/// <param name="Table">The logical name of the table.</param>
/// <param name="Message">The message: Create, Update, or Delete.</param>
/// <param name="Id">The primary key of the row.</param>
/// <param name="Status">The last HTTP status that the receiver answered; 0 if it did not answer.</param>
/// <param name="Attempts">The number of attempts: one, or two.</param>
public sealed record DataverseWebhookPost(string Table, string Message, Guid Id, int Status, int Attempts)
{
    /// <summary>Whether the receiver took the post.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}
