using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes records with their tags and expanded records.</summary>
internal sealed class EntityWriter(CompanyView view, EntityTags tags, bool omitsAnnotations)
{
    /// <summary>A record on its own, under its context.</summary>
    public byte[] Single(PageRow row, string context, PageQuery? query) => RowJson.Write(writer =>
    {
        writer.WriteStartObject();
        if (!omitsAnnotations)
        {
            writer.WriteString("@odata.context", context);
        }

        WriteContent(writer, row, query);
        writer.WriteEndObject();
    });

    /// <summary>A page of a collection.</summary>
    public byte[] Collection(
        IEnumerable<PageRow> rows, string context, int? count, string? nextLink,
        PageQuery query) => RowJson.Write(writer =>
    {
        writer.WriteStartObject();
        if (!omitsAnnotations)
        {
            writer.WriteString("@odata.context", context);
        }

        if (count is { } total)
        {
            writer.WriteNumber("@odata.count", total);
        }

        writer.WriteStartArray("value");
        foreach (var row in rows)
        {
            Write(writer, row, query);
        }

        writer.WriteEndArray();
        if (nextLink is not null)
        {
            writer.WriteString("@odata.nextLink", nextLink);
        }

        writer.WriteEndObject();
    });

    private void Write(Utf8JsonWriter writer, PageRow row, PageQuery? query)
    {
        writer.WriteStartObject();
        WriteContent(writer, row, query);
        writer.WriteEndObject();
    }

    private void WriteContent(Utf8JsonWriter writer, PageRow row, PageQuery? query)
    {
        if (!omitsAnnotations && row.Schema.Definition.HasTags)
        {
            writer.WriteString("@odata.etag", row.Tag(tags));
        }

        RowJson.WriteProperties(writer, row, view, query?.Select);
        foreach (var expand in query?.Expands ?? [])
        {
            WriteExpanded(writer, row, expand);
        }
    }

    private void WriteExpanded(Utf8JsonWriter writer, PageRow row, PageExpand expand)
    {
        var related = expand.Query.Run(RelatedRows.Of(expand.Navigation, view, row), view).ToArray();
        if (expand.Navigation.IsCollection && expand.Query.Count)
        {
            writer.WriteNumber($"{expand.Navigation.Name}@odata.count", related.Length);
        }

        writer.WritePropertyName(expand.Navigation.Name);
        if (!expand.Navigation.IsCollection)
        {
            if (related.Length == 0)
            {
                writer.WriteNullValue();
            }
            else
            {
                Write(writer, related[0], expand.Query);
            }

            return;
        }

        writer.WriteStartArray();
        foreach (var item in expand.Query.Cut(related))
        {
            Write(writer, item, expand.Query);
        }

        writer.WriteEndArray();
    }
}
