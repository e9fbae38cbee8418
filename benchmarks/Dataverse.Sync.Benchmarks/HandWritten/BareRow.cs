using Dataverse.Sync.Sqlite;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>A coupling in the form in which SQLite takes it, made beforehand.</summary>
internal sealed record BareRow(byte[] LocalId, byte[] IntegrationId, long LocalVersion, long IntegrationVersion, long SynchronizedOn, byte[] Base)
{
    public static BareRow Of(Coupling coupling) => new(
        BytesOf(coupling.LocalId),
        BytesOf(coupling.IntegrationId),
        unchecked((long)coupling.LocalVersion),
        unchecked((long)coupling.IntegrationVersion),
        coupling.SynchronizedOn!.Value.ToUnixTimeSeconds(),
        coupling.Base!.Pack());

    // In the store's own form, whose order decides where in the indexes a row goes.
    private static byte[] BytesOf(Guid id)
    {
        var bytes = new byte[IdBytes.Length];
        IdBytes.Write(id, bytes);
        return bytes;
    }
}
