using System.Text.Json.Nodes;
using Dataverse.Sync;

namespace QuickStart;

/// <summary>Two coupled records that people read and edit in the services, without the engine.</summary>
internal sealed class Pair(Clouds clouds, IIntegrationTableMapping mapping, Coupling coupling)
{
    public string Mapping => mapping.Name;

    public Coupling Coupling => coupling;

    public string Name => Read(SyncSide.Local, "displayName");

    public bool Exists(SyncSide side) => side == SyncSide.Local
        ? clouds.BusinessCentral.Table(mapping.LocalTable, clouds.Company.Id).Get(coupling.LocalId) is not null
        : clouds.Dataverse.Table(mapping.IntegrationTable).Find(coupling.IntegrationId) is not null;

    public string Read(SyncSide side, FieldPair field) => Read(side, side == SyncSide.Local ? field.Local : field.Integration);

    public FieldEdit Edit(SyncSide side, FieldPair field, string value)
    {
        var before = Read(side, field);
        if (side == SyncSide.Local)
        {
            _ = clouds.BusinessCentral.Table(mapping.LocalTable, clouds.Company.Id).Update(coupling.LocalId, new JsonObject { [field.Local] = value });
        }
        else
        {
            _ = clouds.Dataverse.Table(mapping.IntegrationTable).Update(coupling.IntegrationId, (field.Integration, value));
        }

        return new(this, side, field, before, value);
    }

    public void DeleteFromDataverse() => clouds.Dataverse.Table(mapping.IntegrationTable).Delete(coupling.IntegrationId);

    private string Read(SyncSide side, string field) => side == SyncSide.Local
        ? clouds.BusinessCentral.Table(mapping.LocalTable, clouds.Company.Id).Get(coupling.LocalId)?[field]?.ToString() ?? string.Empty
        : clouds.Dataverse.Table(mapping.IntegrationTable).Find(coupling.IntegrationId)?[field]?.ToString() ?? string.Empty;
}
