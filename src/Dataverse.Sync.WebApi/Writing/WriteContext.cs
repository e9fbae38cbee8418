using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>The table, headers, and services that the parts of one batch of writes share.</summary>
internal sealed record WriteContext
{
    public required ServiceConnection Service { get; init; }

    public required BatchSender Batches { get; init; }

    public required RecordLookup Lookup { get; init; }

    public required WebApiOptions Options { get; init; }

    public required TableDefinition Table { get; init; }

    public required PayloadBuilder Payloads { get; init; }

    public required TimelyWrites Timely { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The operation for messages.</summary>
    public string Operation => $"write '{Table.Name}'";

    /// <summary>The headers of every write, alone or as a part of a batch.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers =>
    [
        .. Options.BypassedLogic == BypassedLogic.None ? [] : Header("MSCRM.BypassBusinessLogicExecution", BypassedNames),
        .. Options.SuppressFlows ? Header("MSCRM.SuppressCallbackRegistrationExpanderJob", "true") : [],
    ];

    /// <summary>The query of every write's address.</summary>
    public string Query => Options.Tag is null ? string.Empty : $"?tag={Uri.EscapeDataString(Options.Tag)}";

    private string BypassedNames => string.Join(',', new[]
    {
        Options.BypassedLogic.HasFlag(BypassedLogic.Synchronous) ? "CustomSync" : null,
        Options.BypassedLogic.HasFlag(BypassedLogic.Asynchronous) ? "CustomAsync" : null,
    }.OfType<string>());

    /// <summary>The address of a record, with the query of every write.</summary>
    public Uri AddressOf(Guid id) => Service.Addresses.Record(Table.EntitySetName, id, Query);

    private static KeyValuePair<string, string>[] Header(string name, string value) => [new(name, value)];
}
