namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The list of sets at the root of a route.</summary>
internal static class ServiceDocument
{
    public static EmulatorResponse Write(ApiCall call) => Replies.OData(call, 200, RowJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("@odata.context", $"{call.Address.Root}/$metadata");
        writer.WriteStartArray("value");
        foreach (var table in call.Address.Route.Sets)
        {
            writer.WriteStartObject();
            writer.WriteString("name", table.Set);
            writer.WriteString("kind", "EntitySet");
            writer.WriteString("url", table.Set);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }));
}
