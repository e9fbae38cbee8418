using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>RetrieveEntityChanges: the change tracking of a table.</summary>
internal sealed class ChangeMessages(DataverseBackend backend, EmulatedServiceOptions options, EntityWriter writer)
{
    private const string Expired = "0x80044352";

    public OrganizationResponse Retrieve(OrganizationRequest request, MessageContext context)
    {
        request.Allow("EntityName", "Columns", "PageInfo", "DataVersion", "GetGlobalMetadataVersion");
        var table = context.Table(request.Require<string>("EntityName"));
        var columns = EntityWriter.ColumnsOf(table, request.Require<ColumnSet>("Columns"));
        var page = request.Find<PagingInfo>("PageInfo");
        backend.Rules.CheckPrivilege(table.LogicalName, DataversePrivilege.Read, context.Session.Caller);
        DeltaPosition.CheckTracked(table);
        context.Session.Security.CheckReadsAll(table.LogicalName, context.Session.Caller);
        var (stored, version) = backend.Store.Snapshot();
        var state = context.Session.Security.View(stored, context.Session.Caller);
        var position = PositionOf(request, page, state, table, version);
        return new RetrieveEntityChangesResponse
        {
            Results = { ["EntityChanges"] = Read(state, table, position, QueryPages.SizeOf(page, backend.Options), columns) },
        };
    }

    private DeltaPosition PositionOf(
        OrganizationRequest request, PagingInfo? page, DatabaseState state, DataverseTableSchema table, long version)
    {
        if (page is { PageNumber: > 1 })
        {
            return DeltaPosition.Decode(PagingCookie.Decode(page.PagingCookie ?? string.Empty));
        }

        try
        {
            var token = request.Find<string>("DataVersion") is { Length: > 0 } given ? given : null;
            return DeltaPosition.First(state, table, token, version, backend.Expiry, backend.Store.Now);
        }
        catch (DataverseErrorException expired) when (expired.Code == Expired && options.ExpiredTokenCode is not null)
        {
            throw new DataverseErrorException(expired.Status, options.ExpiredTokenCode, expired.Message);
        }
    }

    private BusinessEntityChanges Read(
        DatabaseState state, DataverseTableSchema table, DeltaPosition position, int size, IReadOnlyList<DataverseColumn> columns)
    {
        var pending = position.Pending(state[table.LogicalName]).Take(size + 1).ToArray();
        var page = pending[..Math.Min(pending.Length, size)];
        var changes = new BusinessEntityChanges { MoreRecords = pending.Length > size };
        foreach (var change in page)
        {
            changes.Changes.Add(change.Row is { } row
                ? new NewOrUpdatedItem(ChangeType.NewOrUpdated, writer.Write(state, row, columns))
                : new RemovedOrDeletedItem(
                    ChangeType.RemoveOrDeleted, new EntityReference(table.LogicalName, change.Deleted!.Id)));
        }

        if (changes.MoreRecords)
        {
            changes.PagingCookie = Uri.UnescapeDataString(position.After(page[^1]).Encode());
        }

        if (!changes.MoreRecords || options.TokensOnEveryPage)
        {
            changes.DataToken = Uri.UnescapeDataString(position.Next(backend.Store.Now).Encode());
        }

        return changes;
    }
}
