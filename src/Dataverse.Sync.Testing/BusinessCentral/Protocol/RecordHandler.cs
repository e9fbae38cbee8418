namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Requests on one record.</summary>
internal sealed class RecordHandler(BusinessCentralEmulatorOptions options, EntityTags tags)
{
    private readonly RecordConditions conditions = new(options, tags);

    public EmulatorResponse Handle(ApiCall call, RecordAddress record) => call.Method switch
    {
        "GET" => Read(call, record),
        "PATCH" when record.Set.IsWritable && record.Set.Page.Definition.AllowsModify => Modify(call, record),
        "DELETE" when record.Set.IsWritable && record.Set.Page.Definition.AllowsDelete => Delete(call, record),
        _ => throw call.NotAllowed(),
    };

    private EmulatorResponse Read(ApiCall call, RecordAddress record)
    {
        var query = PageQuery.Parse(record.Set.Page, call.Address.Route, call.Query, options);
        var view = call.State(record.Set.Page).Company(record.Set.Company);
        var row = conditions.Visible(record.Find(view), record.Set);
        return Replies.OData(call, 200, Body(call, record, row, view, query));
    }

    private EmulatorResponse Modify(ApiCall call, RecordAddress record)
    {
        var query = PageQuery.ParseShape(record.Set.Page, call.Address.Route, call.Query, options);
        var (row, view) = call.Session.Write(record.Set.Company, transaction =>
        {
            var before = conditions.Matching(call, record, transaction, isTagRequired: true);
            var after = PageWriter.Modify(before, call.ReadBody(), transaction);
            return (options.PatchShowsOldStamp ? WithStamp(after, before.ModifiedAt) : after, transaction.View);
        });
        var response = options.PatchHonorsNoContent && call.Prefers("return=no-content")
            ? Replies.NoContent(call)
            : Replies.Plain(call, 200, Body(call, record, row, view, query));
        return response with { RowWrites = 1 };
    }

    private EmulatorResponse Delete(ApiCall call, RecordAddress record)
    {
        _ = call.Session.Write(record.Set.Company, transaction =>
        {
            PageWriter.Delete(
                conditions.Matching(call, record, transaction, options.DeleteRequiresIfMatch), transaction);
            return true;
        });
        return Replies.NoContent(call) with { RowWrites = 1 };
    }

    private byte[] Body(ApiCall call, RecordAddress record, PageRow row, CompanyView view, PageQuery query) =>
        new EntityWriter(call, view, tags).Single(
            row, $"{call.Address.Root}/{record.Path}", record.Set.Context(call) + "/$entity", query);

    private static PageRow WithStamp(PageRow row, DateTimeOffset stamp) =>
        new(row.Schema, row.Id, row.Values) { CreatedAt = row.CreatedAt, ModifiedAt = stamp, Version = row.Version };
}
