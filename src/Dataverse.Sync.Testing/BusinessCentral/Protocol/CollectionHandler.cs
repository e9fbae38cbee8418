using System.Globalization;
using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Requests on a collection: reading a page, counting, and POST.</summary>
internal sealed class CollectionHandler(BusinessCentralEmulatorOptions options, EntityTags tags)
{
    private const string PageSizePreference = "odata.maxpagesize";

    public EmulatorResponse Read(ApiCall call, CollectionAddress target)
    {
        var query = PageQuery.Parse(target.Page, call.Address.Route, call.Query, options);
        var view = call.Session.State.Company(target.Company);
        var passing = query.Run(target.Rows(view), view);
        var count = query.Count ? passing.Count() : (int?)null;
        if (call.Query.TryGetValue("$skiptoken", out var token))
        {
            var position = query.Ordering.Parse(token);
            passing = passing.SkipWhile(row => !query.Ordering.IsAfter(row, position));
        }

        var size = query.Top is null ? PageSize(call) : options.MaxPageSize;
        var page = query.Cut(passing).Take(size + 1).ToArray();
        var next = page.Length > size && query.Top is null
            ? NextLink(call, query.Ordering.Token(page[size - 1]))
            : null;
        var writer = new EntityWriter(view, tags, Replies.OmitsAnnotations(call));
        return Replies.OData(
            call, 200, writer.Collection(page.Take(size), target.Context(call), count, next, query));
    }

    public EmulatorResponse Count(ApiCall call, CollectionAddress target)
    {
        var query = PageQuery.Parse(target.Page, call.Address.Route, call.Query, options);
        var view = call.Session.State.Company(target.Company);
        var count = query.Run(target.Rows(view), view).Count().ToString(CultureInfo.InvariantCulture);
        return Replies.Text(call, "text/plain", Encoding.UTF8.GetBytes(count));
    }

    public EmulatorResponse Insert(ApiCall call, CollectionAddress target)
    {
        if (!target.Page.Definition.AllowsInsert)
        {
            throw call.NotAllowed();
        }

        var body = call.ReadBody();
        var (row, view) = call.Session.Write(target.Company, transaction =>
        {
            var inserted = PageWriter.Insert(target.Page, body, transaction);
            return (inserted, transaction.View);
        });
        var writer = new EntityWriter(view, tags, Replies.OmitsAnnotations(call));
        var response = call.Prefers("return=no-content") || call.Prefers("return=minimal")
            ? Replies.NoContent(call)
            : Replies.OData(call, 201, writer.Single(row, target.Context(call) + "/$entity", null));
        return response.WithHeader("Location", $"{target.Url(call)}({row.Id:D})") with { RowWrites = 1 };
    }

    private int PageSize(ApiCall call)
    {
        var wanted = call.Preference(PageSizePreference) ?? call.Preference("maxpagesize");
        return int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? Math.Min(size, options.MaxPageSize)
            : options.MaxPageSize;
    }

    // $skip applies to the first page only: the token contains the position after it.
    private string NextLink(ApiCall call, string token)
    {
        var kept = call.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => Uri.UnescapeDataString(pair.Split('=')[0]) is not ("$skiptoken" or "$skip" or "aid"));
        var parts = kept.Append(options.NextLinksCarryAid ? "aid=FIFO" : null).Append($"$skiptoken={token}")
            .Where(part => part is not null);
        return $"{call.Request.Origin}{call.Request.Path}?{string.Join('&', parts)}";
    }
}
