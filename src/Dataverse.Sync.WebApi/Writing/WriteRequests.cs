using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Builds the requests of writes to one table.</summary>
internal sealed class WriteRequests(
    ServiceConnection service, TableDefinition table, PayloadBuilder payloads, WebApiOptions options)
{
    /// <summary>The operation for messages.</summary>
    public string Operation => $"write '{table.Name}'";

    /// <summary>The query of every write's address.</summary>
    private string Query => options.Tag is null ? string.Empty : $"?tag={Uri.EscapeDataString(options.Tag)}";

    // Every write has them, alone or as a part of a batch.
    private IReadOnlyList<KeyValuePair<string, string>> Headers =>
    [
        .. options.BypassedLogic == BypassedLogic.None ? [] : Header("MSCRM.BypassBusinessLogicExecution", BypassedNames),
        .. options.SuppressFlows ? Header("MSCRM.SuppressCallbackRegistrationExpanderJob", "true") : [],
    ];

    private string BypassedNames => string.Join(',', new[]
    {
        options.BypassedLogic.HasFlag(BypassedLogic.Synchronous) ? "CustomSync" : null,
        options.BypassedLogic.HasFlag(BypassedLogic.Asynchronous) ? "CustomAsync" : null,
    }.OfType<string>());

    /// <summary>The body of a message that creates several records; the caller disposes it.</summary>
    public PooledBody CreationBody(IReadOnlyList<PendingWrite> writes) => payloads.Creation(writes);

    /// <summary>The message that creates several records.</summary>
    public HttpCall Creation(PooledBody body, SendDeadline? deadline) => new()
    {
        Method = HttpMethod.Post,
        Address = service.Addresses.Absolute($"{table.EntitySetName}/Microsoft.Dynamics.CRM.CreateMultiple{Query}"),
        Operation = Operation,
        Headers = Headers,
        PooledBody = body,
        ContentType = "application/json",
        Deadline = deadline,
    };

    /// <summary>A write as a part of a batch; one that takes several requests is a change set.</summary>
    public BatchRequest PartOf(PartWrite part)
    {
        var write = part.Write;
        return part.ReturnsTo is not null ? Single(part) with { ChangeSet = [.. Reactivated(write, part.ReturnsTo)] }
            : StateRules.NeedsSecondWrite(write.Operation) ? Single(part) with { ChangeSet = [Single(part), StateOf(write)] }
            : Single(part);
    }

    private BatchRequest Single(PartWrite part) => part.Write.Kind switch
    {
        WriteKind.Insert => new()
        {
            Method = HttpMethod.Post,
            Address = service.Addresses.Absolute(table.EntitySetName + Query),
            Headers = Headers,
            Body = payloads.BodyOf(part.Write),
        },
        WriteKind.Update => Change(part.Write.Id, ConditionOf(part.Write), payloads.BodyOf(part.Write)),
        _ => Change(part.Write.Id, ConditionOf(part.Write), default) with { Method = HttpMethod.Delete },
    };

    private IEnumerable<BatchRequest> Reactivated(PendingWrite write, IReadOnlyList<FieldWrite> returnsTo)
    {
        var active = new FieldWrite(ColumnNames.StateCode, FieldValue.Integer(StateRules.Active));
        yield return Change(write.Id, ConditionOf(write), PayloadBuilder.StateBody([active]));
        yield return Change(write.Id, "*", payloads.BodyWithoutState(write));
        yield return Change(write.Id, "*", PayloadBuilder.StateBody(returnsTo));
    }

    // Records are created active, whatever the payload says. The state is set in the same transaction, so that no record
    // is left in a state that nobody gave it.
    private BatchRequest StateOf(PendingWrite write) =>
        Change(write.Id, "*", PayloadBuilder.StateBody(write.Operation.Fields.Where(StateRules.IsState)));

    // An update without a condition would create a record that somebody deleted in the meantime.
    private string ConditionOf(PendingWrite write) => table.ChecksVersions ? write.Operation.ExpectedVersion ?? "*" : "*";

    private BatchRequest Change(Guid id, string condition, ReadOnlyMemory<byte> body) => new()
    {
        Method = HttpMethod.Patch,
        Address = service.Addresses.Record(table.EntitySetName, id, Query),
        Headers = [new("If-Match", condition), .. Headers],
        Body = body,
    };

    private static KeyValuePair<string, string>[] Header(string name, string value) => [new(name, value)];
}
