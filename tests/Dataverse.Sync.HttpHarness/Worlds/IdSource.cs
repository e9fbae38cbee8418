namespace Dataverse.Sync.HttpHarness;

/// <summary>Ids that are the same in every run of a history.</summary>
internal sealed class IdSource(int seed)
{
    private readonly Random random = new(seed ^ 0x5EED);
    private readonly Lock gate = new();

    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (gate)
        {
            random.NextBytes(bytes);
        }

        return new Guid(bytes);
    }
}
