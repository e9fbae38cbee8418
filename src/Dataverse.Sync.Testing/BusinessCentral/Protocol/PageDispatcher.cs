namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Dispatches a request to the handler of its resource: company, then entity set, then record.</summary>
internal sealed class PageDispatcher(TableCatalog catalog, BusinessCentralEmulatorOptions options, EntityTags tags)
{
    private readonly CollectionHandler collections = new(options, tags);
    private readonly RecordHandler records = new(options, tags);
    private readonly ContentHandler contents = new(options, tags);

    /// <summary>Executes a request; refusals become error responses.</summary>
    public EmulatorResponse Handle(ApiCall call)
    {
        try
        {
            ReadIntent.Check(call.Request);
            return Dispatch(call);
        }
        catch (BusinessCentralException refusal)
        {
            return Replies.Error(refusal, call.RequestId);
        }
    }

    private EmulatorResponse Dispatch(ApiCall call) => call.Address.Resource switch
    {
        [] => GetOnly(call, () => ServiceDocument.Write(call)),
        [{ Name: "$metadata", Key: null }] => GetOnly(call, () => MetadataDocument.Write(call)),
        [{ Name: PageNames.EntityDefinitions } definitions] =>
            GetOnly(call, () => EntityDefinitionHandler.Read(call, definitions.Key)),
        [{ Name: PageNames.Companies, Key: null }, .. var rest] => Collection(call, Companies(), rest),
        [{ Name: PageNames.Companies } company] =>
            records.Handle(call, new RecordAddress(Companies(), ExistingCompany(call, company.Key))),
        [{ Name: PageNames.Companies } company, var set, .. var rest] =>
            Table(call, ExistingCompany(call, company.Key), set, rest),
        [var set, .. var rest] when NamedCompany(call) is { } name =>
            Table(call, ExistingCompany(call, name), set, rest),
        _ => throw Errors.NoResource(call.Request.Path),
    };

    private EmulatorResponse Table(ApiCall call, Guid company, PathSegment set, PathSegment[] rest)
    {
        var page = call.Address.Route.Find(set.Name);
        if (page is null || page.Name == PageNames.Companies || !page.Definition.IsExposed)
        {
            throw Errors.NoResource(call.Request.Path);
        }

        Served(page, set.Name);
        if (page.Definition.ParentRequired is { } error)
        {
            throw Errors.Dialog(error);
        }

        return Below(call, new CollectionAddress(page, company), set, rest);
    }

    private EmulatorResponse Below(
        ApiCall call, CollectionAddress set, PathSegment segment, PathSegment[] rest) => segment.Key is null
            ? Collection(call, set, rest)
            : Record(call, new RecordAddress(set, segment.RecordId(set.Page)), rest);

    private EmulatorResponse Collection(ApiCall call, CollectionAddress target, PathSegment[] rest) =>
        (rest, call.Method) switch
        {
            ([], "GET") => collections.Read(call, target),
            ([], "POST") when target.IsWritable => collections.Insert(call, target),
            ([{ Name: "$count", Key: null }], "GET") => collections.Count(call, target),
            ([], _) or ([{ Name: "$count" }], _) => throw call.NotAllowed(),
            _ => throw Errors.NoResource(call.Request.Path),
        };

    private EmulatorResponse Record(ApiCall call, RecordAddress record, PathSegment[] rest)
    {
        if (rest is [])
        {
            return records.Handle(call, record);
        }

        var page = record.Set.Page;
        if (rest is [{ Key: null } property] && page.TryField(property.Name, out var field)
            && field.Type == BusinessCentralFieldType.Stream)
        {
            return contents.Handle(call, record, field);
        }

        var navigation = page.Definition.Navigations.SingleOrDefault(candidate => candidate.Name == rest[0].Name)
            ?? throw Errors.NoResource(call.Request.Path);
        var child = new CollectionAddress(Served(catalog[navigation.Target], navigation.Name), record.Set.Company)
        {
            Parent = (record, navigation),
        };
        return navigation.IsCollection
            ? Below(call, child, rest[0], rest[1..])
            : Record(call, new RecordAddress(child, rest[0].RecordIdOrNull(child.Page)), rest[1..]);
    }

    private static PageSchema Served(PageSchema page, string name) =>
        page.Definition.IsServed ? page : throw Errors.NotServed(name);

    private CollectionAddress Companies() => new(catalog[PageNames.Companies], Guid.Empty);

    private static string? NamedCompany(ApiCall call) =>
        call.Query.GetValueOrDefault("company") ?? call.Header("Company");

    private static Guid ExistingCompany(ApiCall call, string? idOrName)
    {
        var companies = call.Session.State.Companies;
        var found = Guid.TryParseExact(idOrName, "D", out var id)
            ? companies.Find(id)
            : companies.FindByKey(AlternateKey(idOrName ?? ""));
        return found?.Id ?? throw Errors.CompanyNotFound(idOrName ?? "");
    }

    // The metadata names the name as an alternate key: companies(name='CRONUS').
    private static string AlternateKey(string key)
    {
        const string Start = "name='";
        return key.StartsWith(Start, StringComparison.Ordinal) && key.Length > Start.Length && key[^1] == '\''
            ? key[Start.Length..^1].Replace("''", "'", StringComparison.Ordinal)
            : key;
    }

    private static EmulatorResponse GetOnly(ApiCall call, Func<EmulatorResponse> answer) =>
        call.Method == "GET" ? answer() : throw call.NotAllowed();
}
