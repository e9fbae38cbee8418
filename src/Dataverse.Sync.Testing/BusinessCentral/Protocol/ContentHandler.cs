namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Requests for the content of a picture or file, which is the body instead of JSON.</summary>
internal sealed class ContentHandler(BusinessCentralEmulatorOptions options, EntityTags tags)
{
    private const string UnknownType = "application/octet-stream";

    private readonly RecordConditions conditions = new(options, tags);

    public EmulatorResponse Handle(ApiCall call, RecordAddress record, BusinessCentralField field)
    {
        if (call.IsPart)
        {
            throw Errors.NotImplemented("The content of a stream is not supported in a batch.");
        }

        return call.Method switch
        {
            "GET" => Read(call, record, field),
            "PATCH" when !record.Set.IsWritable => throw call.NotAllowed(),
            "PATCH" when !field.IsWritable => throw Errors.ReadOnly(field.Name),
            "PATCH" => Modify(call, record, field),
            _ => throw call.NotAllowed(),
        };
    }

    private EmulatorResponse Read(ApiCall call, RecordAddress record, BusinessCentralField field)
    {
        var view = call.State(record.Set.Page).Company(record.Set.Company);
        var content = (StreamContent)conditions.Visible(record.Find(view), record.Set)[field.Name];
        return content.IsEmpty
            ? Replies.NoContent(call)
            : Replies.Text(
                call, ImageHeader.Read(content.Bytes.Span)?.MediaType ?? UnknownType, content.Bytes.ToArray());
    }

    private EmulatorResponse Modify(ApiCall call, RecordAddress record, BusinessCentralField field)
    {
        var content = new StreamContent(call.Request.Body.ToArray());
        if (record.Set.Page.Name == PageNames.Pictures && ImageHeader.Read(content.Bytes.Span) is null)
        {
            throw Errors.Dialog("The content is not an image.");
        }

        _ = call.Session.Write(record.Set.Company, transaction =>
        {
            var before = conditions.Matching(call, record, transaction, isTagRequired: true);
            return transaction.Modify(new RowDraft(before.Schema, before) { [field.Name] = content });
        });
        return Replies.NoContent(call) with { RowWrites = 1 };
    }
}
