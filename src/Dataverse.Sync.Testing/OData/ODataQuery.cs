using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The parsed query options of one request, or of one <c>$expand</c> item.</summary>
internal sealed record ODataQuery
{
    public static ODataQuery Empty { get; } = new();

    public FilterClause? Filter { get; init; }

    public OrderByClause? OrderBy { get; init; }

    /// <summary>Names of the selected properties in the order written; null when everything is wanted.</summary>
    public IReadOnlyList<string>? Select { get; init; }

    /// <summary>Whether a selected item is a path of several segments, of which <see cref="Select"/> holds the first.</summary>
    public bool SelectsPath { get; init; }

    public IReadOnlyList<ODataExpand> Expand { get; init; } = [];

    public int? Top { get; init; }

    public int? Skip { get; init; }

    public bool Count { get; init; }

    /// <summary>Values of parameter aliases such as <c>@p1</c>, as the parser resolved them.</summary>
    public IDictionary<string, SingleValueNode> Aliases { get; init; } = new Dictionary<string, SingleValueNode>();
}
