using System.Security.Cryptography;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of base shapes.</summary>
internal static class BaseShapeTable
{
    /// <summary>
    /// Gives the ids of the shapes that a commit uses. Those that the store does not contain yet are added to it.
    /// </summary>
    public static async Task<ShapeIds> StoreAsync(
        StoreConnection connection, BaseShapes known, StoreCommit commit, CancellationToken cancellationToken)
    {
        var used = commit.Couplings.Select(coupling => coupling.Base)
            .Concat(commit.Intents.Select(intent => intent.Outcome))
            .OfType<SynchronizedBase>();
        var unknown = new HashSet<BaseShape>();
        BaseShape? last = null;
        foreach (var shape in used.Select(synchronized => synchronized.Shape))
        {
            // The couplings of a page usually share one instance, so that its field mappings are hashed once.
            if (!ReferenceEquals(shape, last) && known.IdOf(shape) is null)
            {
                _ = unknown.Add(shape);
            }

            last = shape;
        }

        return new(known, unknown.Count == 0 ? [] : await AddAsync(connection, unknown, cancellationToken).ConfigureAwait(false));
    }

    public static KeyValuePair<BaseShape, long> Read(Row row) => new(BaseShapeCodec.Read(row.Blob(1)), row.Int64(0));

    // In the order of their digests, so that two commits with the same new shapes never wait for each other.
    private static async Task<Dictionary<BaseShape, long>> AddAsync(
        StoreConnection connection, IEnumerable<BaseShape> shapes, CancellationToken cancellationToken)
    {
        var rows = shapes.Select(BaseShapeCodec.Write).Select(blob => (Digest: SHA256.HashData(blob), Blob: blob)).ToList();
        Statement[] statements =
        [
            new Statement(
                """
                INSERT INTO [schema].base_shape (digest, field_mappings)
                SELECT digest, blob FROM unnest($1, $2) AS added (digest, blob) ORDER BY digest
                ON CONFLICT (digest) DO NOTHING
                """)
                .Blobs(rows, row => row.Digest).Blobs(rows, row => row.Blob),
            new Statement("SELECT id, field_mappings FROM [schema].base_shape WHERE digest = any($1)")
                .Blobs(rows, row => row.Digest),
        ];
        return new(await connection.ListAsync(statements, Read, cancellationToken).ConfigureAwait(false));
    }
}
