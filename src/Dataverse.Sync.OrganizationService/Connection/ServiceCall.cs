using Dataverse.Sync.Shared;
using Microsoft.PowerPlatform.Dataverse.Client;

namespace Dataverse.Sync.OrganizationService;

/// <summary>A call of the service.</summary>
/// <typeparam name="T">What the service answers.</typeparam>
/// <param name="Operation">The operation for messages.</param>
/// <param name="Send">Calls the service.</param>
internal sealed record ServiceCall<T>(string Operation, Func<IOrganizationServiceAsync2, CancellationToken, Task<T>> Send)
    where T : class
{
    /// <summary>Whether the call may be repeated after an unknown outcome.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>The time after which the call is not made; null for no limit.</summary>
    public SendDeadline? Deadline { get; init; }
}
