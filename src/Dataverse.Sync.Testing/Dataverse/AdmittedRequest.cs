namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A request that counts against the limits until it is disposed of.</summary>
internal sealed class AdmittedRequest(
    DataverseStore store, DataverseSecurity security, RowsInFlight? inFlight, Action<DataverseSession?> leave)
    : IDisposable
{
    private DataverseSession? session;

    /// <summary>Opens the request's access to the store.</summary>
    public DataverseSession Open(DataverseCaller caller) =>
        session = new DataverseSession(store, caller, security, inFlight);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (session is not null)
        {
            inFlight?.Release(session);
        }

        leave(session);
    }
}
