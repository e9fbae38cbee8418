using System.Globalization;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>Create, Update, Delete, and Retrieve of single rows.</summary>
internal sealed class RowMessages(
    DataverseBackend backend, EmulatedServiceOptions options, EntityWriter writer)
{
    public OrganizationResponse Create(OrganizationRequest request, MessageContext context)
    {
        request.Allow("Target");
        var target = request.Require<Entity>("Target");
        var table = context.WritableTable(target.LogicalName, "Create");
        var row = context.Session.Write(transaction =>
            backend.Writer.Create(transaction, table, EntityReader.Read(table, target)));
        return new CreateResponse { Results = { ["id"] = row.Id } };
    }

    public OrganizationResponse Update(OrganizationRequest request, MessageContext context)
    {
        request.Allow("Target", "ConcurrencyBehavior");
        var target = request.Require<Entity>("Target");
        var table = context.WritableTable(target.LogicalName, "Update");
        return context.Session.Write(transaction =>
        {
            var change = EntityReader.Read(table, target);
            if (change.Id is not { } id)
            {
                throw DataverseErrors.InvalidArgument("Entity Id must be specified for Update.");
            }

            var row = Existing(transaction, table, id, VersionIn(request, target.RowVersion));
            _ = backend.Writer.Update(transaction, table, row, change);
            return new UpdateResponse();
        });
    }

    public OrganizationResponse Delete(OrganizationRequest request, MessageContext context)
    {
        request.Allow("Target", "ConcurrencyBehavior");
        var target = request.Require<EntityReference>("Target");
        var table = context.WritableTable(target.LogicalName, "Delete");
        return context.Session.Write(transaction =>
        {
            var row = Existing(transaction, table, target.Id, VersionIn(request, target.RowVersion));
            backend.Writer.Delete(transaction, table, row);
            return new DeleteResponse();
        });
    }

    public OrganizationResponse Retrieve(OrganizationRequest request, MessageContext context)
    {
        request.Allow("Target", "ColumnSet", "RelatedEntitiesQuery", "ReturnNotifications");
        var target = request.Require<EntityReference>("Target");
        var table = context.Table(target.LogicalName);
        backend.Rules.CheckPrivilege(table.LogicalName, DataversePrivilege.Read, context.Session.Caller);
        var state = context.State;
        state.Hidden.CheckRow(table.LogicalName, target.Id);
        var row = state.Find(table.LogicalName, target.Id) ?? throw DataverseErrors.RowMissing(table, target.Id);
        var columns = EntityWriter.ColumnsOf(table, request.Require<ColumnSet>("ColumnSet"));
        return new RetrieveResponse { Results = { ["Entity"] = writer.Write(state, row, columns) } };
    }

    // Null for a write that does not depend on the version.
    private string? VersionIn(OrganizationRequest request, string? version) =>
        request.ValueOf<ConcurrencyBehavior>("ConcurrencyBehavior") switch
        {
            ConcurrencyBehavior.IfRowVersionMatches => version ?? throw Refusals.NoVersion(),
            ConcurrencyBehavior.Default when options.ChecksVersionsByDefault => version,
            _ => null,
        };

    private DataverseRow Existing(DataverseTransaction transaction, DataverseTableSchema table, Guid id, string? version)
    {
        if (transaction.State.Find(table.LogicalName, id) is not { } row)
        {
            throw version is not null && backend.Options.MissingRowWithVersionStatus == 412
                ? DataverseErrors.VersionMismatch()
                : DataverseErrors.RowMissing(table, id);
        }

        if (version is null)
        {
            return row;
        }

        if (!table.Definition.OptimisticConcurrency)
        {
            throw DataverseErrors.ConcurrencyNotEnabled(table);
        }

        return version == row.Version.ToString(CultureInfo.InvariantCulture) ? row : throw DataverseErrors.VersionMismatch();
    }
}
