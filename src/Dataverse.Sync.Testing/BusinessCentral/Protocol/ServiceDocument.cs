namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The list of sets at the root of a route.</summary>
internal static class ServiceDocument
{
    public static EmulatorResponse Write(ApiCall call) => Replies.OData(call, 200, RowJson.Write(writer =>
    {
        writer.WriteStartObject();
        Replies.WriteContext(call, writer, $"{call.Address.Root}/$metadata");
        writer.WriteStartArray("value");
        string[] platform = [PageNames.EntityDefinitions, PageNames.Subscriptions];
        foreach (var set in platform.Concat(call.Address.Route.Sets.Select(table => table.Set)))
        {
            writer.WriteStartObject();
            writer.WriteString("name", set);
            writer.WriteString("kind", "EntitySet");
            writer.WriteString("url", set);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }));
}
