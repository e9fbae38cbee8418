namespace Dataverse.Sync.Http;

/// <summary>A body is greater than the configured limit.</summary>
internal sealed class BodyTooLargeException() : Exception("The body is greater than the configured limit.");
