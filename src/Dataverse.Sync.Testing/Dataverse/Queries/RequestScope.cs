namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Takes what the meaning of a query depends on from the request.</summary>
internal static class RequestScope
{
    public static QueryScope Scope(this ApiRequest request)
    {
        var session = request.Session;
        return new QueryScope(session.State, session.Caller.User, session.Store.Now);
    }
}
