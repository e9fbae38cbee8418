using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>A page as it was answered.</summary>
/// <param name="Page">The page.</param>
/// <param name="ServiceTime">The service's clock when it began to answer; null when it did not tell.</param>
internal sealed record RecordAnswer(RecordPage Page, DateTimeOffset? ServiceTime);
