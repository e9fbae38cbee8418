using System.Globalization;
using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Requests on a collection: reading a page, counting, and POST.</summary>
internal sealed class CollectionHandler(BusinessCentralEmulatorOptions options, EntityTags tags)
{
    private const string PageSizePreference = "odata.maxpagesize";

    // The documented limit of the service; the option can only lower the size of pages.
    private const int LargestPageSize = 20_000;

    public EmulatorResponse Read(ApiCall call, CollectionAddress target)
    {
        var query = PageQuery.Parse(target.Page, call.Address.Route, call.Query, options);
        var view = call.State(target.Page).Company(target.Company);
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
        return Replies.OData(
            call, 200,
            new EntityWriter(call, view, tags).Collection(page.Take(size), target, count, next, query));
    }

    public EmulatorResponse Count(ApiCall call, CollectionAddress target)
    {
        var query = PageQuery.Parse(target.Page, call.Address.Route, call.Query, options);
        var view = call.State(target.Page).Company(target.Company);
        var count = query.Run(target.Rows(view), view).Count().ToString(CultureInfo.InvariantCulture);
        return Replies.Text(call, "text/plain", Encoding.UTF8.GetBytes(count));
    }

    public EmulatorResponse Insert(ApiCall call, CollectionAddress target)
    {
        if (!target.Page.Definition.AllowsInsert)
        {
            throw call.NotAllowed();
        }

        var query = PageQuery.ParseShape(target.Page, call.Address.Route, call.Query, options);
        var body = call.ReadBody();
        var (row, view, rows) = call.Session.Write(target.Company, transaction =>
        {
            var inserted = PageWriter.Insert(
                target.Page, body, transaction, target.FindParent(transaction.View), out var written);
            return (inserted, transaction.View, written);
        });
        var record = new RecordAddress(target, row.Id);
        var response = call.Prefers("return=no-content") || call.Prefers("return=minimal")
            ? Replies.NoContent(call)
            : Replies.OData(
                call, 201,
                new EntityWriter(call, view, tags).Single(
                    row, record.Url(call), target.Context(call) + "/$entity", query));
        return response.WithHeader("Location", record.Url(call)) with { RowWrites = rows };
    }

    private int PageSize(ApiCall call)
    {
        var wanted = call.Preference(PageSizePreference) ?? call.Preference("maxpagesize");
        if (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size == 0)
        {
            return options.MaxPageSize;
        }

        return size > LargestPageSize ? throw Errors.PageTooLarge(LargestPageSize) : Math.Min(size, options.MaxPageSize);
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
