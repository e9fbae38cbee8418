using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Metadata;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>RetrieveEntity.</summary>
internal static class MetadataMessages
{
    private static readonly (EntityFilters Filter, string[] Members)[] Parts =
    [
        (EntityFilters.Attributes, ["Attributes", "Keys"]),
        (EntityFilters.Relationships, ["ManyToOneRelationships", "OneToManyRelationships", "ManyToManyRelationships"]),
        (EntityFilters.Privileges, ["Privileges"]),
    ];

    public static OrganizationResponse Retrieve(OrganizationRequest request, MessageContext context)
    {
        request.Allow("EntityFilters", "LogicalName", "MetadataId", "RetrieveAsIfPublished");
        var schema = context.Session.Store.Schema;
        var name = request.Find<string>("LogicalName");
        if (name is null || !schema.TryGet(name, out var table))
        {
            throw new DataverseErrorException(
                404, DataverseErrors.ObjectDoesNotExist, $"Could not find an entity with name '{name}'.");
        }

        var filters = request.ValueOf<EntityFilters>("EntityFilters");
        var left = Parts.Where(part => !filters.HasFlag(part.Filter)).SelectMany(part => part.Members);
        var metadata = (EntityMetadata)MetadataMapper.Map(MetadataBuilder.Table(schema, table), left.ToHashSet());
        return new RetrieveEntityResponse { Results = { ["EntityMetadata"] = metadata } };
    }
}
