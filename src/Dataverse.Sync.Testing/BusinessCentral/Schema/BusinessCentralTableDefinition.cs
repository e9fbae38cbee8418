using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>
/// Defines an API page in addition to the standard ones: its route, its properties, and the allowed operations.
/// </summary>
/// <param name="EntitySetName">The name of the entity set, which is the URL segment.</param>
/// <param name="EntityName">The name of the entity type in <c>$metadata</c>.</param>
/// <example><code>
/// new BusinessCentralTableDefinition("projects", "project")
/// {
///     Route = new("contoso", "sync", "v1.0"),
///     Fields =
///     [
///         new("id", BusinessCentralFieldType.Guid) { Source = BusinessCentralFieldSource.SystemId },
///         new("number", BusinessCentralFieldType.Code) { MaxLength = 20 },
///         new("modifiedAt", BusinessCentralFieldType.DateTime) { Source = BusinessCentralFieldSource.SystemModifiedAt },
///     ],
///     Key = ["number"],
/// }
/// </code></example>
public sealed record BusinessCentralTableDefinition(string EntitySetName, string EntityName)
{
    /// <summary>The custom API to which the page belongs; <see langword="null"/> (default) for API v2.0.</summary>
    public BusinessCentralRoute? Route { get; init; }

    /// <summary>
    /// The properties, in the order of the JSON. Exactly one has the source
    /// <see cref="BusinessCentralFieldSource.SystemId"/>.
    /// </summary>
    public required IReadOnlyList<BusinessCentralField> Fields { get; init; }

    /// <summary>
    /// The names of the properties of the primary key, which must be unique together and define the default order.
    /// Default empty, for the id.
    /// </summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>
    /// The caption of the table in Business Central, which error messages use. Default <see cref="EntityName"/>.
    /// </summary>
    public string Caption { get; init; } = EntityName;

    /// <summary>Whether POST is allowed. Default true.</summary>
    public bool AllowsInsert { get; init; } = true;

    /// <summary>Whether PATCH is allowed. Default true.</summary>
    public bool AllowsModify { get; init; } = true;

    /// <summary>Whether DELETE is allowed. Default true.</summary>
    public bool AllowsDelete { get; init; } = true;

    /// <summary>
    /// Whether a record receives the id that a POST sends. Default <see langword="false"/>, for the treatment by
    /// <see cref="BusinessCentralEmulatorOptions.ClientIds"/>.
    /// </summary>
    public bool KeepsClientIds { get; init; }

    /// <summary>
    /// The number series for records without a number, if the primary key has one property. Null (default) makes the
    /// number mandatory.
    /// </summary>
    public BusinessCentralNumberSeries? NumberSeries { get; init; }

    /// <summary>
    /// Whether a PATCH that changes nothing advances the modification stamp, as it does if the table writes a
    /// modification time of its own. Default <see langword="true"/>.
    /// </summary>
    public bool MovesStampWithoutChange { get; init; } = true;

    internal IReadOnlyList<TableNavigation> Navigations { get; init; } = [];

    internal bool HasTags { get; init; } = true;

    /// <summary>
    /// The error of the page when it is read at the top of a company instead of under a parent; null if it can be.
    /// </summary>
    internal string? ParentRequired { get; init; }

    /// <summary>Whether clients reach the table at all, at the top of a company or under a parent.</summary>
    internal bool IsExposed { get; init; } = true;

    /// <summary>Whether clients may write the rows under a parent, because the page is a part of the parent's page.</summary>
    internal bool IsPart { get; init; }

    /// <summary>Whether the emulator has the data of the page; otherwise only <c>$metadata</c> shows it.</summary>
    internal bool IsServed { get; init; } = true;

    /// <summary>Whether the page itself asks for the replica when it is read.</summary>
    internal bool ReadsReplica { get; init; }

    internal bool IsTopLevel => IsExposed && IsServed && ParentRequired is null;
}
