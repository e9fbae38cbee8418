namespace Dataverse.Sync.Testing;

/// <summary>A call that a hook of <see cref="InMemoryFaults"/> looks at.</summary>
/// <param name="Number">The call's place among all calls of the connector since its start, from 1.</param>
/// <param name="Operation">What is called.</param>
/// <param name="Table">The table.</param>
/// <param name="Page">The page of a paged read, from 1; 1 for every other call.</param>
public sealed record InMemoryCall(long Number, InMemoryOperation Operation, string Table, int Page);
