namespace Dataverse.Sync.Testing;

/// <summary>
/// Counts the calls of an <see cref="InMemoryConnector"/>. Each page of a paged read counts as one call, as it would be
/// one request.
/// </summary>
/// <remarks>
/// Calls that a fault stopped count too. Safe for concurrent use.
/// </remarks>
public sealed class InMemoryCalls
{
    private readonly long[] counts = new long[Enum.GetValues<InMemoryOperation>().Length];

    internal InMemoryCalls()
    {
    }

    /// <summary>The number of calls of one operation.</summary>
    /// <param name="operation">The operation.</param>
    public long this[InMemoryOperation operation] => Interlocked.Read(ref counts[(int)operation]);

    /// <summary>The number of calls of all operations.</summary>
    public long Total => Enum.GetValues<InMemoryOperation>().Sum(operation => this[operation]);

    internal void Count(InMemoryOperation operation) => Interlocked.Increment(ref counts[(int)operation]);

    internal void Clear()
    {
        foreach (var operation in Enum.GetValues<InMemoryOperation>())
        {
            _ = Interlocked.Exchange(ref counts[(int)operation], 0);
        }
    }
}
