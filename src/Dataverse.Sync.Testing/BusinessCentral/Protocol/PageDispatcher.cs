namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Dispatches a request to the handler of its resource: company, then entity set, then record.</summary>
internal sealed class PageDispatcher(TableCatalog catalog, BusinessCentralEmulatorOptions options, EntityTags tags)
{
    private readonly CollectionHandler collections = new(options, tags);
    private readonly RecordHandler records = new(options, tags);

    /// <summary>Executes a request; refusals become error responses.</summary>
    public EmulatorResponse Handle(ApiCall call)
    {
        try
        {
            CheckIntent(call);
            return Dispatch(call);
        }
        catch (BusinessCentralException refusal)
        {
            return Replies.Error(refusal, call.RequestId);
        }
    }

    private static void CheckIntent(ApiCall call)
    {
        if (ReadIntent.IsReadOnly(call.Request) && !call.Request.IsRead)
        {
            throw Errors.InvalidOperation(
                "The Data-Access-Intent ReadOnly is not allowed on a request that changes data.");
        }
    }

    private EmulatorResponse Dispatch(ApiCall call) => call.Address.Resource switch
    {
        [] => GetOnly(call, () => ServiceDocument.Write(call)),
        [{ Name: "$metadata", Key: null }] => GetOnly(call, () => MetadataDocument.Write(call)),
        [{ Name: PageNames.Companies, Key: null }, .. var rest] => Collection(call, Companies(), rest),
        [{ Name: PageNames.Companies } company] =>
            records.Handle(call, Companies(), ExistingCompany(call, company.Key)),
        [{ Name: PageNames.Companies } company, var set, .. var rest] =>
            Table(call, ExistingCompany(call, company.Key), set, rest),
        [var set, .. var rest] when NamedCompany(call) is { } name =>
            Table(call, ExistingCompany(call, name), set, rest),
        _ => throw Errors.NoResource(call.Request.Path),
    };

    private EmulatorResponse Table(ApiCall call, Guid company, PathSegment set, PathSegment[] rest)
    {
        var page = call.Address.Route.Find(set.Name);
        if (page is null || page.Name is PageNames.Companies or PageNames.Relations)
        {
            throw Errors.NoResource(call.Request.Path);
        }

        if (page.Definition.ParentRequired is { } error)
        {
            throw Errors.Dialog(error);
        }

        var target = new CollectionAddress(page, company);
        return set.Key is null ? Collection(call, target, rest) : Record(call, target, set.RecordId(), rest);
    }

    private EmulatorResponse Collection(ApiCall call, CollectionAddress target, PathSegment[] rest) =>
        (rest, call.Method) switch
        {
            ([], "GET") => collections.Read(call, target),
            ([], "POST") when target.Parent is null => collections.Insert(call, target),
            ([{ Name: "$count", Key: null }], "GET") => collections.Count(call, target),
            ([], _) or ([{ Name: "$count" }], _) => throw call.NotAllowed(),
            _ => throw Errors.NoResource(call.Request.Path),
        };

    private EmulatorResponse Record(ApiCall call, CollectionAddress target, Guid id, PathSegment[] rest)
    {
        if (rest is [])
        {
            return records.Handle(call, target, id);
        }

        if (target.Page.Definition.Navigations.SingleOrDefault(
            candidate => candidate.Name == rest[0].Name) is not { } navigation)
        {
            throw Errors.NoResource(call.Request.Path);
        }

        var child = new CollectionAddress(catalog[navigation.Target], target.Company)
        {
            Parent = (target.Page, id, navigation),
        };
        return (rest, navigation.IsCollection) switch
        {
            ([{ Key: null }], false) => records.ReadOnly(call, child),
            ([{ Key: null }, .. var below], true) => Collection(call, child, below),
            ([{ Key: not null } keyed], true) => records.Handle(call, child, keyed.RecordId()),
            _ => throw Errors.NoResource(call.Request.Path),
        };
    }

    private CollectionAddress Companies() => new(catalog[PageNames.Companies], Guid.Empty);

    private static string? NamedCompany(ApiCall call) =>
        call.Query.GetValueOrDefault("company") ?? call.Header("Company");

    private static Guid ExistingCompany(ApiCall call, string? idOrName)
    {
        var companies = call.Session.State.Companies;
        var found = Guid.TryParseExact(idOrName, "D", out var id)
            ? companies.Find(id)
            : companies.FindByKey(idOrName ?? "");
        return found?.Id ?? throw Errors.CompanyNotFound(idOrName ?? "");
    }

    private static EmulatorResponse GetOnly(ApiCall call, Func<EmulatorResponse> answer) =>
        call.Method == "GET" ? answer() : throw call.NotAllowed();
}
