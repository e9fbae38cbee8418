namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Requests on one record.</summary>
internal sealed class RecordHandler(BusinessCentralEmulatorOptions options, EntityTags tags)
{
    public EmulatorResponse Handle(ApiCall call, CollectionAddress set, Guid id) => call.Method switch
    {
        "GET" => Read(call, set, view => set.Find(view, id)),
        "PATCH" when set.Parent is null => Modify(call, set, id),
        "DELETE" when set.Parent is null => Delete(call, set, id),
        _ => throw call.NotAllowed(),
    };

    /// <summary>The one record behind a navigation property.</summary>
    public EmulatorResponse ReadOnly(ApiCall call, CollectionAddress set) =>
        call.Method == "GET" ? Read(call, set, view => set.Rows(view).FirstOrDefault()) : throw call.NotAllowed();

    private EmulatorResponse Read(ApiCall call, CollectionAddress set, Func<CompanyView, PageRow?> find)
    {
        var query = PageQuery.Parse(set.Page, call.Address.Route, call.Query, options);
        var view = call.Session.State.Company(set.Company);
        var row = Visible(find(view), set);
        return Replies.OData(call, 200, Body(call, set, row, view, query));
    }

    private EmulatorResponse Modify(ApiCall call, CollectionAddress set, Guid id)
    {
        if (!set.Page.Definition.AllowsModify)
        {
            throw call.NotAllowed();
        }

        var (row, view) = call.Session.Write(set.Company, transaction =>
        {
            var before = Matching(call, set, id, transaction, isTagRequired: true);
            var after = PageWriter.Modify(before, call.ReadBody(), transaction);
            return (options.PatchShowsOldStamp ? WithStamp(after, before.ModifiedAt) : after, transaction.View);
        });
        var response = options.PatchHonorsNoContent && call.Prefers("return=no-content")
            ? Replies.NoContent(call)
            : Replies.Plain(call, 200, Body(call, set, row, view, null));
        return response with { RowWrites = 1 };
    }

    private EmulatorResponse Delete(ApiCall call, CollectionAddress set, Guid id)
    {
        if (!set.Page.Definition.AllowsDelete)
        {
            throw call.NotAllowed();
        }

        _ = call.Session.Write(set.Company, transaction =>
        {
            PageWriter.Delete(Matching(call, set, id, transaction, options.DeleteRequiresIfMatch), transaction);
            return true;
        });
        return Replies.NoContent(call) with { RowWrites = 1 };
    }

    private PageRow Matching(ApiCall call, CollectionAddress set, Guid id, Transaction transaction, bool isTagRequired)
    {
        var row = Visible(transaction.Table(set.Page.Name).Find(id), set);
        var condition = call.Header("If-Match")?.Trim();
        if (string.IsNullOrEmpty(condition))
        {
            return isTagRequired ? throw Errors.Token() : row;
        }

        if (condition == "*")
        {
            return row;
        }

        if (!EntityTags.IsWellFormed(condition))
        {
            throw Errors.Token();
        }

        return condition == row.Tag(tags) ? row : throw Errors.Changed();
    }

    private PageRow Visible(PageRow? row, CollectionAddress set) => row switch
    {
        { IsHidden: false } => row,
        { IsHidden: true } when options.HiddenRecordStatus == 403 => throw Errors.Forbidden(),
        _ => throw Errors.NoRecord(set.Page.Set),
    };

    private byte[] Body(ApiCall call, CollectionAddress set, PageRow row, CompanyView view, PageQuery? query) =>
        new EntityWriter(view, tags, Replies.OmitsAnnotations(call)).Single(
            row, set.Context(call) + "/$entity", query);

    private static PageRow WithStamp(PageRow row, DateTimeOffset stamp) =>
        new(row.Schema, row.Id, row.Values) { CreatedAt = row.CreatedAt, ModifiedAt = stamp, Version = row.Version };
}
