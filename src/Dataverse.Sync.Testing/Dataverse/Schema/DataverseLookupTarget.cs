namespace Dataverse.Sync.Testing;

/// <summary>A table that a lookup column may refer to: one many-to-one relationship.</summary>
/// <param name="Table">Logical name of the table referred to.</param>
/// <param name="NavigationProperty">Case-sensitive name for <c>@odata.bind</c> and <c>$expand</c>.</param>
public sealed record DataverseLookupTarget(string Table, string NavigationProperty)
{
    /// <summary>
    /// Schema name of the relationship and of the collection on the other side; null makes no collection.
    /// </summary>
    public string? Relationship { get; init; }

    /// <summary>
    /// What deleting the row referred to does. Default <see cref="DataverseDeleteBehavior.RemoveLink"/>.
    /// </summary>
    public DataverseDeleteBehavior OnDelete { get; init; }

    /// <summary>
    /// Whether a new owner of the row referred to becomes the owner of the referring rows. Default false.
    /// </summary>
    public bool CascadesAssign { get; init; }
}
