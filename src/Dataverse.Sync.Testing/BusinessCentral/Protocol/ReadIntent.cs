namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Header <c>Data-Access-Intent</c>, with which a client permits reads from a replica.</summary>
internal static class ReadIntent
{
    public static bool IsReadOnly(EmulatorRequest request) =>
        request.Header("Data-Access-Intent")?.Equals("ReadOnly", StringComparison.OrdinalIgnoreCase) == true;
}
