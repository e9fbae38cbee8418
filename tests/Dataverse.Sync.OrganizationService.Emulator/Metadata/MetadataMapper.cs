using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Metadata;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>
/// Turns the emulator's metadata into the SDK's types. What those set only inside of their assembly is set by
/// reflection.
/// </summary>
internal static class MetadataMapper
{
    /// <summary>The object of the SDK for an object of the metadata.</summary>
    /// <param name="node">The object.</param>
    /// <param name="leftOut">The names of members that stay null because nobody asked for them.</param>
    public static object Map(MetadataNode node, IReadOnlySet<string> leftOut)
    {
        var type = typeof(EntityMetadata).Assembly.GetType($"{typeof(EntityMetadata).Namespace}.{node.Type}")
            ?? typeof(AttributeMetadata);
        var mapped = Activator.CreateInstance(type)!;
        foreach (var (name, value) in node.Values.Where(value => !leftOut.Contains(value.Key)))
        {
            Set(mapped, name, value);
        }

        foreach (var (name, nodes) in node.Collections.Where(nodes => !leftOut.Contains(nodes.Key)))
        {
            var property = type.GetProperty(name)!;
            property.SetValue(mapped, ArrayOf(property.PropertyType, nodes.Select(item => Map(item, leftOut)).ToList()));
        }

        if (node.Singles.TryGetValue("OptionSet", out var options) && options.Type == "OptionSetMetadata")
        {
            type.GetProperty("OptionSet")!.SetValue(mapped, OptionSet(options, node.Type));
        }

        return mapped;
    }

    private static void Set(object owner, string name, object? value)
    {
        if (value is not null && owner.GetType().GetProperty(name) is { } property)
        {
            property.SetValue(owner, Convert(property.PropertyType, value));
        }
    }

    private static object Convert(Type target, object value)
    {
        var type = Nullable.GetUnderlyingType(target) ?? target;
        return (value, type) switch
        {
            (JsonValue scalar, _) => Convert(type, Plain(scalar)),
            (JsonObject label, _) when type == typeof(Label) => LabelOf(label),
            (JsonObject level, _) when type == typeof(AttributeRequiredLevelManagedProperty) =>
                new AttributeRequiredLevelManagedProperty(Enum.Parse<AttributeRequiredLevel>((string)level["Value"]!)),
            (JsonArray items, { IsArray: true }) =>
                ArrayOf(type, items.Select(item => Convert(type.GetElementType()!, item!)).ToList()),
            (JsonObject members, _) => ObjectOf(type, members),
            (_, { IsEnum: true }) => Enum.Parse(type, (string)value),
            (Guid, _) or (string, _) or (bool, _) => value,
            _ => System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
        };
    }

    private static object Plain(JsonValue scalar) =>
        scalar.TryGetValue<bool>(out var flag) ? flag
        : scalar.TryGetValue<int>(out var number) ? number
        : scalar.TryGetValue<Guid>(out var id) ? id
        : (string)scalar!;

    private static object ObjectOf(Type type, JsonObject members)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var (name, value) in members)
        {
            Set(made, name, value);
        }

        return made;
    }

    private static Array ArrayOf(Type type, List<object> items)
    {
        var array = Array.CreateInstance(type.GetElementType()!, items.Count);
        ((ICollection)items).CopyTo(array, 0);
        return array;
    }

    private static OptionSetMetadata OptionSet(MetadataNode node, string owner)
    {
        var options = new OptionMetadataCollection();
        foreach (var option in ((JsonArray)node.Values["Options"]!).Cast<JsonObject>())
        {
            options.Add(OptionOf(option, owner));
        }

        var set = new OptionSetMetadata(options) { Name = (string)node.Values["Name"]!, IsGlobal = (bool)node.Values["IsGlobal"]! };
        Set(set, "OptionSetType", node.Values["OptionSetType"]);
        return set;
    }

    private static OptionMetadata OptionOf(JsonObject option, string owner)
    {
        OptionMetadata made = owner switch
        {
            "StateAttributeMetadata" => new StateOptionMetadata(),
            "StatusAttributeMetadata" => new StatusOptionMetadata { State = (int?)option["State"] },
            _ => new OptionMetadata(),
        };
        made.Value = (int)option["Value"]!;
        made.Label = LabelOf((JsonObject)option["Label"]!);
        return made;
    }

    private static Label LabelOf(JsonObject label)
    {
        var texts = ((JsonArray)label["LocalizedLabels"]!).Cast<JsonObject>().Select(TextOf).ToArray();
        return label["UserLocalizedLabel"] is JsonObject own ? new Label(TextOf(own), texts) : new Label();
    }

    private static LocalizedLabel TextOf(JsonObject text) => new((string)text["Label"]!, (int)text["LanguageCode"]!);
}
