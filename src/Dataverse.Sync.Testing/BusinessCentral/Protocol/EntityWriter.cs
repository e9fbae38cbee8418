using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes records with the control information that the client wants, and with expanded records.</summary>
internal sealed class EntityWriter(ApiCall call, CompanyView view, EntityTags tags)
{
    /// <summary>A record on its own, under its context.</summary>
    public byte[] Single(PageRow row, string url, string context, PageQuery query) => RowJson.Write(writer =>
    {
        writer.WriteStartObject();
        Replies.WriteContext(call, writer, context);
        WriteContent(writer, row, url, query);
        writer.WriteEndObject();
    });

    /// <summary>A page of a collection.</summary>
    public byte[] Collection(
        IEnumerable<PageRow> rows, CollectionAddress set, int? count, string? nextLink, PageQuery query) =>
        RowJson.Write(writer =>
        {
            writer.WriteStartObject();
            Replies.WriteContext(call, writer, set.Context(call));
            if (count is { } total)
            {
                writer.WriteNumber("@odata.count", total);
            }

            writer.WriteStartArray("value");
            foreach (var row in rows)
            {
                Write(writer, row, $"{set.Url(call)}({row.Id:D})", query);
            }

            writer.WriteEndArray();
            if (nextLink is not null)
            {
                writer.WriteString("@odata.nextLink", nextLink);
            }

            writer.WriteEndObject();
        });

    private void Write(Utf8JsonWriter writer, PageRow row, string url, PageQuery query)
    {
        writer.WriteStartObject();
        WriteContent(writer, row, url, query);
        writer.WriteEndObject();
    }

    private void WriteContent(Utf8JsonWriter writer, PageRow row, string url, PageQuery query)
    {
        new EntityAnnotations(call, writer).WriteRecord(row, url, row.Schema.Definition.HasTags ? row.Tag(tags) : null);
        WriteProperties(writer, row, url, query.Select);
        foreach (var navigation in Navigations(row.Schema))
        {
            var expand = query.Expands.FirstOrDefault(item => item.Navigation.Name == navigation.Name);
            if (query.Select is null || expand is not null)
            {
                new EntityAnnotations(call, writer).WriteNavigation(navigation.Name, url);
            }

            if (expand is not null)
            {
                WriteExpanded(writer, row, $"{url}/{navigation.Name}", expand);
            }
        }
    }

    // The order is the page's, not that of the selected names.
    private void WriteProperties(
        Utf8JsonWriter writer, PageRow row, string url, IReadOnlyCollection<string>? select)
    {
        var annotations = new EntityAnnotations(call, writer);
        for (var ordinal = 0; ordinal < row.Schema.Fields.Count; ordinal++)
        {
            var field = row.Schema.Fields[ordinal];
            if (select?.Contains(field.Name) == false)
            {
                continue;
            }

            annotations.WriteProperty(row.Schema, field, url);
            if (field.Type != BusinessCentralFieldType.Stream)
            {
                writer.WritePropertyName(field.Name);
                FieldValues.Write(writer, view.Shown(row, ordinal));
            }
        }
    }

    private void WriteExpanded(Utf8JsonWriter writer, PageRow row, string url, PageExpand expand)
    {
        var related = expand.Query.Run(RelatedRows.Of(expand.Navigation, view, row), view)
            .Where(item => !item.IsHidden).ToArray();
        var name = expand.Navigation.Name;
        if (expand.Navigation.IsCollection && expand.Query.Count)
        {
            writer.WriteNumber($"{name}@odata.count", related.Length);
        }

        writer.WritePropertyName(name);
        if (!expand.Navigation.IsCollection)
        {
            if (related.Length == 0)
            {
                writer.WriteNullValue();
            }
            else
            {
                Write(writer, related[0], url, expand.Query);
            }

            return;
        }

        writer.WriteStartArray();
        foreach (var item in expand.Query.Cut(related))
        {
            Write(writer, item, $"{url}({item.Id:D})", expand.Query);
        }

        writer.WriteEndArray();
    }

    // Every set is a navigation property of the company.
    private IEnumerable<TableNavigation> Navigations(PageSchema page) => page.Name == PageNames.Companies
        ? call.Address.Route.Sets.Where(set => set.Name != PageNames.Companies)
            .Select(set => new TableNavigation(set.Set, set.Name, true))
        : page.Definition.Navigations;
}
