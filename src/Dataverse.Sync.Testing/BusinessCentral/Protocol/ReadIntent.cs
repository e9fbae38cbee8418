namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Header <c>Data-Access-Intent</c>, with which a client permits reads from a replica.</summary>
internal static class ReadIntent
{
    public static bool IsReadOnly(EmulatorRequest request) => Is(request, "ReadOnly");

    public static bool IsReadWrite(EmulatorRequest request) => Is(request, "ReadWrite");

    /// <exception cref="BusinessCentralException">The request permits a replica but asks for a change.</exception>
    public static void Check(EmulatorRequest request)
    {
        if (IsReadOnly(request) && !request.IsRead)
        {
            throw Errors.InvalidOperation(
                "The Data-Access-Intent ReadOnly is not allowed on a request that changes data.");
        }
    }

    private static bool Is(EmulatorRequest request, string intent) =>
        request.Header("Data-Access-Intent")?.Equals(intent, StringComparison.OrdinalIgnoreCase) == true;
}
