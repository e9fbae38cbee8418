using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>CreateMultiple and UpdateMultiple: one transaction each, all or nothing.</summary>
internal sealed class BulkMessages(DataverseBackend backend)
{
    private readonly BulkWriter bulk = new(backend.Options, backend.Writer);

    public OrganizationResponse Create(OrganizationRequest request, MessageContext context)
    {
        request.Allow("Targets");
        var (table, targets) = Targets(request, context, "CreateMultiple");
        var ids = context.Session.Write(
            transaction => bulk.Create(transaction, table, targets.ConvertAll(target => EntityReader.Read(table, target))));
        return new CreateMultipleResponse { Results = { ["Ids"] = ids.ToArray() } };
    }

    public OrganizationResponse Update(OrganizationRequest request, MessageContext context)
    {
        request.Allow("Targets", "ConcurrencyBehavior");
        if (request.ValueOf<ConcurrencyBehavior>("ConcurrencyBehavior") is ConcurrencyBehavior.IfRowVersionMatches)
        {
            throw Refusals.NotEmulated("row versions in UpdateMultiple");
        }

        var (table, targets) = Targets(request, context, "UpdateMultiple");
        return context.Session.Write(transaction =>
        {
            bulk.Update(transaction, table, targets.ConvertAll(target => EntityReader.Read(table, target)));
            return new UpdateMultipleResponse();
        });
    }

    private (DataverseTableSchema Table, List<Entity> Targets) Targets(
        OrganizationRequest request, MessageContext context, string message)
    {
        var targets = request.Require<EntityCollection>("Targets");
        if (string.IsNullOrEmpty(targets.EntityName) || targets.Entities.Count == 0)
        {
            throw DataverseErrors.InvalidArgument($"The targets of {message} need a name of their entity, and rows.");
        }

        if (targets.Entities.Any(target => target.LogicalName != targets.EntityName))
        {
            throw DataverseErrors.InvalidArgument($"The targets of {message} must all be of '{targets.EntityName}'.");
        }

        var table = context.WritableTable(targets.EntityName, message);
        BulkWriter.CheckOffered(table, message);
        bulk.CheckCount(targets.Entities.Count);
        return (table, [.. targets.Entities]);
    }
}
