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

    /// <summary>The time after which nothing is sent that must not be repeated.</summary>
    public required SendDeadline Deadline { get; init; }

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

    /// <summary>The time limit of a request with these writes; null where each of them may be repeated.</summary>
    public SendDeadline? DeadlineOf(IReadOnlyList<PendingWrite> writes) =>
        writes.All(IsRecognizable) ? null : Deadline;

    /// <summary>
    /// The writes that may still be sent. Those that must not be repeated are refused if the time for them is over.
    /// </summary>
    public IReadOnlyList<PendingWrite> Timely(IReadOnlyList<PendingWrite> writes)
    {
        if (!Deadline.HasPassed)
        {
            return writes;
        }

        foreach (var write in writes.Where(write => !IsRecognizable(write)))
        {
            write.TooLate();
        }

        return [.. writes.Where(IsRecognizable)];
    }

    // A late insert would create a record again that was deleted meanwhile. Another write is recognized by the version,
    // if the service compares it.
    private bool IsRecognizable(PendingWrite write) => write.Kind != WriteKind.Insert
        && write.Operation.ExpectedVersion is not null
        && Table.ChecksVersions;

    private static KeyValuePair<string, string>[] Header(string name, string value) => [new(name, value)];
}
