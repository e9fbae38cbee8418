using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>An API page that an emulator serves besides the standard ones: its route, its properties, and what may be done.</summary>
/// <example><code>
/// new BusinessCentralTableDefinition("projects", "project")
/// {
///     Route = new("contoso", "sync", "v1.0"),
///     Fields =
///     [
///         new("id", BusinessCentralFieldType.Guid) { Source = BusinessCentralFieldSource.SystemId },
///         new("number", BusinessCentralFieldType.Code) { MaxLength = 20 },
///         new("lastModifiedDateTime", BusinessCentralFieldType.DateTime) { Source = BusinessCentralFieldSource.SystemModifiedAt },
///     ],
///     Key = ["number"],
/// }
/// </code></example>
/// <param name="EntitySetName">The collection's URL segment.</param>
/// <param name="EntityName">Name of the entity type in <c>$metadata</c>.</param>
public sealed record BusinessCentralTableDefinition(string EntitySetName, string EntityName)
{
    /// <summary>The custom API that the page belongs to; null for API v2.0 itself.</summary>
    public BusinessCentralRoute? Route { get; init; }

    /// <summary>
    /// The properties in wire order. Exactly one has the source <see cref="BusinessCentralFieldSource.SystemId"/>.
    /// </summary>
    public required IReadOnlyList<BusinessCentralField> Fields { get; init; }

    /// <summary>
    /// Names of the primary key's properties: unique together, and the default order. Empty (default): the id.
    /// </summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>
    /// The table's name inside Business Central, which error texts use. Default: <see cref="EntityName"/>.
    /// </summary>
    public string Caption { get; init; } = EntityName;

    /// <summary>Whether POST is allowed. Default true.</summary>
    public bool AllowsInsert { get; init; } = true;

    /// <summary>Whether PATCH is allowed. Default true.</summary>
    public bool AllowsModify { get; init; } = true;

    /// <summary>Whether DELETE is allowed. Default true.</summary>
    public bool AllowsDelete { get; init; } = true;

    /// <summary>
    /// Whether a POST may carry the id, which is then kept. Default false: see
    /// <see cref="BusinessCentralEmulatorOptions.ClientIds"/>.
    /// </summary>
    public bool KeepsClientIds { get; init; }

    /// <summary>Numbers for a single-property key that the client leaves blank; null: the key is mandatory.</summary>
    public BusinessCentralNumberSeries? NumberSeries { get; init; }

    /// <summary>
    /// Whether a PATCH that changes nothing moves the modification stamp, which it does if the table writes a
    /// modified-time field of its own. Default true.
    /// </summary>
    public bool MovesStampWithoutChange { get; init; } = true;

    internal IReadOnlyList<TableNavigation> Navigations { get; init; } = [];

    internal bool HasTags { get; init; } = true;

    /// <summary>Reachable at the top of a company; otherwise only under a parent, or not at all.</summary>
    internal bool IsExposed { get; init; } = true;
}
