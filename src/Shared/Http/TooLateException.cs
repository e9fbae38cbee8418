namespace Dataverse.Sync.Http;

/// <summary>The time for a request was over before it could be sent.</summary>
internal sealed class TooLateException() : Exception("The time for the request was over before it could be sent.");
