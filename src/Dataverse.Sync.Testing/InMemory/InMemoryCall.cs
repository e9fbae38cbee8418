namespace Dataverse.Sync.Testing;

/// <summary>
/// One call of an <see cref="InMemoryConnector"/>, as the hooks of <see cref="InMemoryFaults"/> see it.
/// </summary>
/// <param name="Number">
/// The position among all calls of the connector, from 1. <see cref="InMemoryConnector.ResetCounters"/> does not reset
/// it.
/// </param>
/// <param name="Operation">The operation.</param>
/// <param name="Table">The name of the table.</param>
/// <param name="Page">The page of a paged read, from 1; 1 for every other operation.</param>
public sealed record InMemoryCall(long Number, InMemoryOperation Operation, string Table, int Page);
