namespace Dataverse.Sync.Testing;

/// <summary>A table that a lookup column may refer to: one many-to-one relationship.</summary>
/// <param name="Table">The logical name of the referenced table.</param>
/// <param name="NavigationProperty">The case-sensitive name for <c>@odata.bind</c> and <c>$expand</c>.</param>
public sealed record DataverseLookupTarget(string Table, string NavigationProperty)
{
    /// <summary>
    /// The schema name of the relationship and of the collection on the other side; <see langword="null"/> (default)
    /// for no collection.
    /// </summary>
    public string? Relationship { get; init; }

    /// <summary>
    /// The effect of deleting the referenced row. Default <see cref="DataverseDeleteBehavior.RemoveLink"/>.
    /// </summary>
    public DataverseDeleteBehavior OnDelete { get; init; }

    /// <summary>
    /// Whether a new owner of the referenced row becomes the owner of the referring rows. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool CascadesAssign { get; init; }

    /// <summary>
    /// Whether the referring rows of a row that is merged into another one refer to the survivor afterward. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool CascadesMerge { get; init; }
}
