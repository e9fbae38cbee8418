namespace Dataverse.Sync.Testing;

/// <summary>
/// How often each call of a connector was made. Of a paged read every page counts, as it would be a request.
/// </summary>
/// <remarks>Calls that a fault stopped count too. Safe for concurrent use.</remarks>
public sealed class InMemoryCalls
{
    private readonly long[] counts = new long[Enum.GetValues<InMemoryOperation>().Length];

    internal InMemoryCalls()
    {
    }

    /// <summary>The calls of one kind.</summary>
    public long this[InMemoryOperation operation] => Interlocked.Read(ref counts[(int)operation]);

    /// <summary>All calls together.</summary>
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
