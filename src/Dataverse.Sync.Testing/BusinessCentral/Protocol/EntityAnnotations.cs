using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes the control information of records, as much as the client wants.</summary>
internal readonly struct EntityAnnotations(ApiCall call, Utf8JsonWriter writer)
{
    /// <summary>What stands before the properties of a record.</summary>
    public void WriteRecord(PageRow row, string url, string? tag)
    {
        var isFull = call.Level == MetadataLevel.Full;
        if (isFull)
        {
            writer.WriteString("@odata.type", $"#{EdmTypes.Namespace}.{row.Schema.Definition.EntityName}");
            writer.WriteString("@odata.id", url);
        }

        if (tag is not null && call.Level != MetadataLevel.None)
        {
            writer.WriteString("@odata.etag", tag);
        }

        if (isFull)
        {
            writer.WriteString("@odata.editLink", url);
        }
    }

    /// <summary>What stands before a property, or instead of a stream.</summary>
    public void WriteProperty(PageSchema page, BusinessCentralField field, string url)
    {
        if (field.Type == BusinessCentralFieldType.Stream && call.Level != MetadataLevel.None)
        {
            writer.WriteString($"{field.Name}@odata.mediaEditLink", $"{url}/{field.Name}");
            writer.WriteString($"{field.Name}@odata.mediaReadLink", $"{url}/{field.Name}");
        }

        if (call.Level == MetadataLevel.Full && EdmTypes.Annotation(page, field) is { } type)
        {
            writer.WriteString($"{field.Name}@odata.type", type);
        }
    }

    /// <summary>The links of a navigation property.</summary>
    public void WriteNavigation(string name, string url)
    {
        if (call.Level == MetadataLevel.Full)
        {
            writer.WriteString($"{name}@odata.associationLink", $"{url}/{name}/$ref");
            writer.WriteString($"{name}@odata.navigationLink", $"{url}/{name}");
        }
    }
}
