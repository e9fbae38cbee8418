using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Shared;

/// <summary>The table, sizes, and services that the parts of one batch of writes share.</summary>
internal sealed record WriteContext
{
    /// <summary>The longest pause that a part of a batch may ask for; a longer one is left to the next run.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>The name of the system for people.</summary>
    public required string Connector { get; init; }

    public required TableDefinition Table { get; init; }

    public required IWriteChannel Channel { get; init; }

    public required IRecordLookup Lookup { get; init; }

    public required TimelyWrites Timely { get; init; }

    /// <summary>The number of records per CreateMultiple message.</summary>
    public required int CreateBatchSize { get; init; }

    /// <summary>The number of writes per batch.</summary>
    public required int UpdateBatchSize { get; init; }

    /// <summary>The first pause before writes are sent again, where the service names none.</summary>
    public required TimeSpan RetryDelay { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }
}
