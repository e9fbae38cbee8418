using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>The table and services that the batches of one call share.</summary>
internal sealed record WriteContext
{
    public required ServiceConnection Service { get; init; }

    public required BatchSender Batches { get; init; }

    public required TableDefinition Table { get; init; }

    public required PayloadBuilder Payloads { get; init; }

    public required WrittenRecords Written { get; init; }

    public required UncertainWrites Uncertain { get; init; }

    public required TimelyWrites Timely { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }
}
