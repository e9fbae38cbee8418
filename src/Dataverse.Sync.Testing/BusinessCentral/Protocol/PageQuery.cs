using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The query options of one request on one set, or of one <c>$expand</c> item, checked and ready to run.
/// </summary>
internal sealed class PageQuery
{
    private static readonly string[] Understood =
        ["$filter", "$select", "$orderby", "$expand", "$top", "$skip", "$count"];

    private static readonly string[] Functions =
        ["startswith", "endswith", "contains", "substring", "tolower", "toupper"];

    private readonly PageSchema page;
    private readonly ODataQuery query;
    private readonly FilterClause? filter;
    private readonly QueryDialect dialect;
    private readonly bool comparesUnroundedStamps;

    private PageQuery(
        PageSchema page, ODataQuery query, RouteModel route, BusinessCentralEmulatorOptions options,
        bool isSchemaVersion21)
    {
        (this.page, this.query, comparesUnroundedStamps) = (page, query, options.FiltersUnroundedStamps);
        dialect = new QueryDialect
        {
            Strings = CollationStrings.Instance,
            Functions = ScalarFunctions.Only(Functions),
            AllowIn = isSchemaVersion21,
        };
        filter = new FilterGrammar(page, options, isSchemaVersion21).Reduce(query.Filter);
        Ordering = new RowOrdering(page, query.OrderBy);
        Expands = [.. query.Expand.Select(item => Nested(item, route, options, isSchemaVersion21))];
    }

    public IReadOnlyList<string>? Select => query.Select;

    public IReadOnlyList<PageExpand> Expands { get; }

    public RowOrdering Ordering { get; }

    public int? Top => query.Top;

    public bool Count => query.Count;

    /// <summary>Parses the options. Unknown and unsupported options are ignored.</summary>
    /// <exception cref="BusinessCentralException">A known option is invalid.</exception>
    public static PageQuery Parse(
        PageSchema page, RouteModel route, IReadOnlyDictionary<string, string> options,
        BusinessCentralEmulatorOptions settings)
    {
        if (page.Name == PageNames.Companies && options.ContainsKey("$expand"))
        {
            throw Errors.NotImplemented("The emulator does not expand the sets of a company.");
        }

        var relevant = options.Where(option => Understood.Contains(option.Key)).ToDictionary(StringComparer.Ordinal);
        if (relevant.TryGetValue("$filter", out var filter))
        {
            relevant["$filter"] = EnumLiterals.WithoutTypes(filter, page);
        }

        return Guarded(
            () => new PageQuery(
                page, route.Parse(page, relevant), route, settings,
                options.GetValueOrDefault("$schemaversion") == "2.1"));
    }

    /// <summary>Parses the options that shape the response to a write; the others mean nothing there.</summary>
    /// <exception cref="BusinessCentralException">An option is invalid.</exception>
    public static PageQuery ParseShape(
        PageSchema page, RouteModel route, IReadOnlyDictionary<string, string> options,
        BusinessCentralEmulatorOptions settings) => Parse(
            page, route,
            options.Where(option => option.Key is "$select" or "$expand").ToDictionary(StringComparer.Ordinal),
            settings);

    /// <summary>The rows that pass the filter, in order, without <c>$skip</c> and <c>$top</c>.</summary>
    public IEnumerable<PageRow> Run(IEnumerable<PageRow> rows, CompanyView view) => Guarded(() =>
    {
        var passing = rows;
        if (filter is not null)
        {
            var test = RowFilter<PageRow>.Compile(
                filter, query.Aliases, new PageRowAccessor(view, comparesUnroundedStamps), dialect);
            passing = rows.Where(test.Matches).ToArray();
        }

        return Ordering.IsKeyOrder ? passing : passing.Order(Ordering).ToArray();
    });

    /// <summary>Applies <c>$skip</c> and <c>$top</c>.</summary>
    public IEnumerable<PageRow> Cut(IEnumerable<PageRow> rows) =>
        rows.Skip(query.Skip ?? 0).Take(query.Top ?? int.MaxValue);

    private PageExpand Nested(
        ODataExpand item, RouteModel route, BusinessCentralEmulatorOptions options, bool isSchemaVersion21)
    {
        var navigation = page.Definition.Navigations.Single(candidate => candidate.Name == item.Navigation);
        var target = route.Find(navigation.Target)!;
        if (!target.Definition.IsServed)
        {
            throw Errors.NotServed(navigation.Name);
        }

        return item.ReferenceOnly
            ? throw Errors.NotImplemented("Only the related entities can be expanded, not their references or number.")
            : new PageExpand(navigation, new PageQuery(target, item.Query, route, options, isSchemaVersion21));
    }

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ODataQueryException exception)
        {
            throw exception.Fault == ODataQueryFault.NotSupported
                ? Errors.NotImplemented(exception.Message)
                : Errors.BadRequest(exception.Message);
        }
    }
}
