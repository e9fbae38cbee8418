using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Parses decoded query options against a model. Thread-safe. Option names and property names are case-sensitive and
/// option names need their <c>$</c>. Options without <c>$</c> or <c>@</c> are the caller's business and ignored.
/// </summary>
internal sealed class ODataQueryParser(IEdmModel model, params IEnumerable<string> furtherOptions)
{
    private readonly HashSet<string> known = new(
        ["$filter", "$select", "$orderby", "$expand", "$top", "$skip", "$count", .. furtherOptions],
        StringComparer.Ordinal);

    /// <exception cref="ODataQueryException">The options are not valid for the set.</exception>
    public ODataQuery Parse(string entitySet, IReadOnlyDictionary<string, string> options)
    {
        var set = model.EntityContainer.FindEntitySet(entitySet)
            ?? throw new ArgumentException($"The model has no entity set '{entitySet}'.", nameof(entitySet));
        return Parse(set.EntityType, set, options);
    }

    /// <exception cref="ODataQueryException">The options are not valid for the type.</exception>
    public ODataQuery Parse(
        IEdmEntityType type, IEdmNavigationSource? source, IReadOnlyDictionary<string, string> options)
    {
        if (options.Keys.FirstOrDefault(name => name.StartsWith('$') && !known.Contains(name)) is { } unknown)
        {
            throw new ODataQueryException(
                ODataQueryFault.UnknownOption, $"The query parameter {unknown} is not supported.");
        }

        try
        {
            return Read(CreateParser(type, source, options), options.GetValueOrDefault("$expand"));
        }
        catch (ODataException exception)
        {
            throw new ODataQueryException(FaultOf(exception), exception.Message, exception);
        }
        catch (OverflowException exception)
        {
            // The parser converts a number to the type of the other operand, which may be too small for it.
            throw new ODataQueryException(
                ODataQueryFault.Syntax, "A number is too large or too small for the type of its operand.", exception);
        }
    }

    private ODataQueryOptionParser CreateParser(
        IEdmEntityType type, IEdmNavigationSource? source, IReadOnlyDictionary<string, string> options)
    {
        var relevant = options.Where(option => known.Contains(option.Key) || option.Key.StartsWith('@'));
        return new ODataQueryOptionParser(model, type, source, relevant.ToDictionary(StringComparer.Ordinal))
        {
            Resolver = new ODataUriResolver { EnableCaseInsensitive = false, EnableNoDollarQueryOptions = false },
        };
    }

    private static ODataQuery Read(ODataQueryOptionParser parser, string? expand)
    {
        var filter = parser.ParseFilter();
        var orderBy = parser.ParseOrderBy();
        var selection = parser.ParseSelectAndExpand();
        return Read(selection, parser.ParameterAliasNodes, expand) with
        {
            Filter = filter,
            OrderBy = orderBy,
            Top = (int?)parser.ParseTop(),
            Skip = (int?)parser.ParseSkip(),
            Count = parser.ParseCount() ?? false,
        };
    }

    private static ODataQuery Read(
        SelectExpandClause? clause, IDictionary<string, SingleValueNode> aliases, string? expand)
    {
        var items = clause?.SelectedItems.ToArray() ?? [];
        var selected = items.OfType<PathSelectItem>().Select(item => item.SelectedPath.FirstSegment.Identifier)
            .ToArray();
        var everything = selected.Length == 0 || items.OfType<WildcardSelectItem>().Any();
        return new ODataQuery
        {
            Select = everything ? null : selected,
            SelectsPath = items.OfType<PathSelectItem>().Any(item => item.SelectedPath.Count > 1),
            Expand = [.. items.OfType<ExpandedReferenceSelectItem>().Select(item => Read(item, aliases, expand ?? ""))],
            Aliases = aliases,
        };
    }

    private static ODataExpand Read(
        ExpandedReferenceSelectItem item, IDictionary<string, SingleValueNode> aliases, string expand)
    {
        var navigation = item.PathToNavigationProperty.LastSegment.Identifier;
        var options = ExpandText.OptionsOf(expand, navigation);
        var clause = (item as ExpandedNavigationSelectItem)?.SelectAndExpand;
        var nested = Read(clause, aliases, options.GetValueOrDefault("$expand")) with
        {
            Filter = item.FilterOption,
            OrderBy = item.OrderByOption,
            Top = (int?)item.TopOption,
            Skip = (int?)item.SkipOption,
            Count = item.CountOption ?? false,
        };
        return new ODataExpand(navigation, nested, item is not ExpandedNavigationSelectItem)
        {
            Options = options,
            Unread = Unread(item),
        };
    }

    private static string? Unread(ExpandedReferenceSelectItem item) => item switch
    {
        ExpandedCountSelectItem => "$count",
        ExpandedNavigationSelectItem { LevelsOption: not null } => "$levels",
        { SearchOption: not null } => "$search",
        { ComputeOption: not null } => "$compute",
        { ApplyOption: not null } => "$apply",
        _ => null,
    };

    // The library distinguishes its errors only by their messages.
    private static ODataQueryFault FaultOf(ODataException exception) => exception.Message switch
    {
        var text when text.StartsWith("Could not find a property named", StringComparison.Ordinal) =>
            ODataQueryFault.UnknownProperty,
        var text when text.StartsWith("Recursion depth exceeded", StringComparison.Ordinal) =>
            ODataQueryFault.TooComplex,
        _ => ODataQueryFault.Syntax,
    };
}
