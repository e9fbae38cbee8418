using Dataverse.Sync.Testing;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The size of pages.</summary>
internal static class QueryPages
{
    public static int SizeOf(PagingInfo? page, DataverseEmulatorOptions options) =>
        page is { Count: > 0 } ? Math.Min(page.Count, options.MaxPageSize) : options.MaxPageSize;
}
