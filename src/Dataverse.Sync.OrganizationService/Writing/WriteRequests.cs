using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Builds the requests of writes to one table.</summary>
internal sealed class WriteRequests(TableDefinition table, OrganizationServiceOptions options)
{
    /// <summary>The operation for messages.</summary>
    public string Operation => $"write '{table.Name}'";

    private string BypassedNames => string.Join(',', new[]
    {
        options.BypassedLogic.HasFlag(BypassedLogic.Synchronous) ? "CustomSync" : null,
        options.BypassedLogic.HasFlag(BypassedLogic.Asynchronous) ? "CustomAsync" : null,
    }.OfType<string>());

    /// <summary>The message that creates several records.</summary>
    public OrganizationRequest Creation(IReadOnlyList<PendingWrite> writes) => Marked(new CreateMultipleRequest
    {
        Targets = new EntityCollection([.. writes.Select(FirstRow)]) { EntityName = table.Name },
    });

    /// <summary>A write as a part of a batch; one that takes several requests is a transaction.</summary>
    public OrganizationRequest PartOf(PartWrite part)
    {
        var write = part.Write;
        return part.ReturnsTo is not null ? Transaction(Reactivated(write, part.ReturnsTo))
            : StateRules.NeedsSecondWrite(write.Operation) ? Transaction([Single(write), StateOf(write)])
            : Single(write);
    }

    private OrganizationRequest Single(PendingWrite write) => write.Kind switch
    {
        WriteKind.Insert => Marked(new CreateRequest { Target = FirstRow(write) }),
        WriteKind.Update => Conditional(write, FirstRow(write)),
        _ => Marked(Deletion(write)),
    };

    private DeleteRequest Deletion(PendingWrite write)
    {
        var request = new DeleteRequest { Target = new EntityReference(table.Name, write.Id) };
        if (VersionOf(write) is { } version)
        {
            request.Target.RowVersion = version;
            request.ConcurrencyBehavior = ConcurrencyBehavior.IfRowVersionMatches;
        }

        return request;
    }

    private IEnumerable<OrganizationRequest> Reactivated(PendingWrite write, IReadOnlyList<FieldWrite> returnsTo)
    {
        var active = new FieldWrite(ColumnNames.StateCode, FieldValue.Integer(StateRules.Active));
        yield return Conditional(write, StateRow(write, [active]));
        yield return Update(Row(write, write.Operation.Fields.Where(field => !StateRules.IsState(field))));
        yield return Update(StateRow(write, returnsTo));
    }

    // Records are created active, whatever the attributes say. The state is set in the same transaction, so that no record
    // is left in a state that nobody gave it.
    private OrganizationRequest StateOf(PendingWrite write) =>
        Update(StateRow(write, write.Operation.Fields.Where(StateRules.IsState)));

    private OrganizationRequest Conditional(PendingWrite write, Entity row)
    {
        if (VersionOf(write) is not { } version)
        {
            return Update(row);
        }

        row.RowVersion = version;
        return Marked(new UpdateRequest { Target = row, ConcurrencyBehavior = ConcurrencyBehavior.IfRowVersionMatches });
    }

    private OrganizationRequest Update(Entity row) => Marked(new UpdateRequest { Target = row });

    private string? VersionOf(PendingWrite write) => table.ChecksVersions && write.Operation.ExpectedVersion is { } version
        ? RowVersions.FromText(version)
        : null;

    private Entity FirstRow(PendingWrite write) =>
        Row(write, write.Operation.Fields.Where(field => StateRules.BelongsToFirstWrite(write.Operation, field)));

    private Entity StateRow(PendingWrite write, IEnumerable<FieldWrite> fields) =>
        Row(write, fields.Where(field => !field.Value.IsBlank));

    private Entity Row(PendingWrite write, IEnumerable<FieldWrite> fields)
    {
        var row = new Entity(table.Name, write.Id);
        foreach (var field in fields.SelectMany(field => NameWrites.Of(table, field)))
        {
            // The key of a new row is its id, and a lookup that a new row lacks needs no value.
            var isLeftOut = write.Kind == WriteKind.Insert
                && (field.Field == table.KeyColumn || (field.Value.IsBlank && table.Columns[field.Field].Type == FieldType.Reference));
            if (!isLeftOut)
            {
                row[field.Field] = ValueWriter.Write(table.Columns[field.Field], field.Value);
            }
        }

        return row;
    }

    private static ExecuteTransactionRequest Transaction(IEnumerable<OrganizationRequest> requests)
    {
        var transaction = new ExecuteTransactionRequest { Requests = [], ReturnResponses = true };
        transaction.Requests.AddRange(requests);
        return transaction;
    }

    private T Marked<T>(T request)
        where T : OrganizationRequest
    {
        if (options.BypassedLogic != BypassedLogic.None)
        {
            request["BypassBusinessLogicExecution"] = BypassedNames;
        }

        if (options.SuppressFlows)
        {
            request["SuppressCallbackRegistrationExpanderJob"] = true;
        }

        if (options.Tag is not null)
        {
            request["tag"] = options.Tag;
        }

        return request;
    }
}
