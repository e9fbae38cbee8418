using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class FileSizeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task File_grows_by_at_most_400_bytes_per_coupling_of_twenty_fields()
    {
        const int Count = 20_000;
        var random = new Random(20260301);
        var shape = new BaseShape(Enumerable.Range(1, 20).Select(field => new FieldMappingKey($"field mapping {field}")));
        await using (var store = new SqliteCouplingStore(folder.File()))
        {
            var lease = await store.LeaseAsync();
            foreach (var page in Enumerable.Range(0, Count).Select(_ => RandomPair(random, shape)).Chunk(1_000))
            {
                await store.CommitAsync(new() { Lease = lease, Couplings = page });
            }
        }

        var bytes = new FileInfo(folder.File()).Length / (double)Count;
        bytes.Should().BeLessThan(400).And.BeGreaterThan(200, "less would mean that something is missing");
    }

    // Ids in no order, the worst for an index; every field filled; three of twenty held differently by the two sides.
    private static Coupling RandomPair(Random random, BaseShape shape)
    {
        var local = shape.FieldMappings.Select(_ => (ulong)random.NextInt64()).ToArray();
        var integration = local.ToArray();
        integration[3] = integration[9] = integration[15] = (ulong)random.NextInt64();
        return new()
        {
            LocalId = RandomId(random),
            IntegrationId = RandomId(random),
            LocalVersion = (ulong)random.NextInt64(),
            IntegrationVersion = (ulong)random.NextInt64(),
            SynchronizedOn = Start,
            Base = new(shape, local, integration),
        };
    }

    private static Guid RandomId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }
}
