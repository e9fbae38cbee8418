using Dataverse.Sync.BusinessCentral;

namespace Dataverse.Sync.AspNetCore;

/// <summary>A subscription that this process has registered or renewed.</summary>
/// <param name="Table">The table, as mappings name it.</param>
/// <param name="Subscription">The subscription as it was read last.</param>
/// <param name="RenewOn">When it is to be renewed.</param>
internal sealed record KeptSubscription(string Table, BusinessCentralSubscription Subscription, DateTimeOffset RenewOn);
