using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>What the steps of one batch of writes share.</summary>
internal sealed record WriteContext
{
    public required WebApiClient Client { get; init; }

    public required RecordLookup Lookup { get; init; }

    public required WebApiOptions Options { get; init; }

    public required TableMetadata Table { get; init; }

    public required PayloadBuilder Payloads { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }

    public string Operation => $"write '{Table.Name}'";

    /// <summary>The headers that every write carries, alone or as a part of a batch.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers =>
    [
        .. Options.BypassedLogic == BypassedLogic.None ? [] : new KeyValuePair<string, string>[] { new("MSCRM.BypassBusinessLogicExecution", BypassedNames) },
        .. Options.SuppressFlows ? new KeyValuePair<string, string>[] { new("MSCRM.SuppressCallbackRegistrationExpanderJob", "true") } : [],
    ];

    /// <summary>The query of every write's address.</summary>
    public string Query => Options.Tag is null ? string.Empty : $"?tag={Uri.EscapeDataString(Options.Tag)}";

    private string BypassedNames => string.Join(',', new[]
    {
        Options.BypassedLogic.HasFlag(BypassedLogic.Synchronous) ? "CustomSync" : null,
        Options.BypassedLogic.HasFlag(BypassedLogic.Asynchronous) ? "CustomAsync" : null,
    }.OfType<string>());
}
