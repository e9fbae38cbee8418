using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads <c>entityDefinitions</c>: the captions of the pages of a route and of their enums.</summary>
internal static class EntityDefinitionHandler
{
    private const int English = 1033;

    private static readonly QueryDialect Dialect = new() { Strings = CollationStrings.Instance };

    public static EmulatorResponse Read(ApiCall call, string? key)
    {
        if (call.Query.Keys.FirstOrDefault(IsUnsupported) is { } option)
        {
            throw Errors.NotImplemented($"The emulator does not support {option} on {PageNames.EntityDefinitions}.");
        }

        return key is null ? List(call) : One(call, key);
    }

    private static bool IsUnsupported(string option) =>
        option is "$select" or "$expand" or "$orderby" or "$top" or "$skip" or "$count";

    private static EmulatorResponse List(ApiCall call) => Replies.OData(call, 200, RowJson.Write(writer =>
    {
        writer.WriteStartObject();
        Replies.WriteContext(call, writer, Context(call));
        writer.WriteStartArray("value");
        foreach (var definition in Filtered(call))
        {
            writer.WriteStartObject();
            Write(writer, definition);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    private static EmulatorResponse One(ApiCall call, string key)
    {
        var found = EntityDefinition.All(call.Address.Route).FirstOrDefault(item => $"'{item.Name}'" == key)
            ?? throw Errors.NoRecord(PageNames.EntityDefinitions);
        return Replies.OData(call, 200, RowJson.Write(writer =>
        {
            writer.WriteStartObject();
            Replies.WriteContext(call, writer, Context(call) + "/$entity");
            Write(writer, found);
            writer.WriteEndObject();
        }));
    }

    private static string Context(ApiCall call) => $"{call.Address.Root}/$metadata#{PageNames.EntityDefinitions}";

    private static EntityDefinition[] Filtered(ApiCall call)
    {
        var all = EntityDefinition.All(call.Address.Route);
        try
        {
            var options = call.Query.Where(option => option.Key == "$filter").ToDictionary(StringComparer.Ordinal);
            var filter = RowFilter<EntityDefinition>.Compile(
                call.Address.Route.ParseDefinitions(options), new Accessor(), Dialect);
            return [.. all.Where(definition => filter?.Matches(definition) != false)];
        }
        catch (ODataQueryException exception)
        {
            throw Errors.BadRequest(exception.Message);
        }
    }

    private static void Write(Utf8JsonWriter writer, EntityDefinition definition)
    {
        writer.WriteString("entityName", definition.Name);
        writer.WriteString("entitySetName", definition.Set);
        WriteCaptions(writer, "entityCaptions", definition.Caption);
        WriteCaptions(writer, "entitySetCaptions", definition.SetCaption);
        writer.WriteStartArray("properties");
        foreach (var (name, caption) in definition.Properties)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            WriteCaptions(writer, "captions", caption);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("actions");
        writer.WriteEndArray();
        writer.WriteStartArray("enumMembers");
        foreach (var (name, value, caption) in definition.Members)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteNumber("value", value);
            WriteCaptions(writer, "captions", caption);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteCaptions(Utf8JsonWriter writer, string name, string? caption)
    {
        writer.WriteStartArray(name);
        if (caption is not null)
        {
            writer.WriteStartObject();
            writer.WriteNumber("languageCode", English);
            writer.WriteString("caption", caption);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private sealed class Accessor : IRowAccessor<EntityDefinition>
    {
        public object? Value(EntityDefinition row, string property) => property == "entityName" ? row.Name : row.Set;
    }
}
