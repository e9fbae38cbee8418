namespace Dataverse.Sync.Shared;

/// <summary>The options of a connector on which the definitions of tables depend.</summary>
internal sealed record SchemaOptions
{
    /// <summary>Whether changes are read by change tracking where the table has it.</summary>
    public required bool UsesChangeTracking { get; init; }

    /// <summary>Whether CreateMultiple is given our own ids, so that it may be used.</summary>
    public required bool TrustsOwnIds { get; init; }

    /// <summary>The tables whose computed <c>fullname</c> is offered as a field to write.</summary>
    public required IReadOnlyCollection<string> WritableFullNames { get; init; }

    /// <summary>How the service joins the parts of a name; null where the organization's setting is read.</summary>
    public required NameOrder? NameOrder { get; init; }

    /// <summary>How the full names of a table are joined; null where they cannot be written.</summary>
    /// <remarks>
    /// Names are not split by a guess: where the setting cannot be read, the middle name stays empty, which both
    /// conventions join alike.
    /// </remarks>
    /// <param name="table">The table.</param>
    /// <param name="organization">The organization's settings; null where they cannot be read.</param>
    public NameOrder? NameOrderOf(string table, OrganizationRow? organization)
    {
        if (!WritableFullNames.Contains(table))
        {
            return null;
        }

        return NameOrder ?? organization?.FullNameConventionCode switch
        {
            null or (int)Shared.NameOrder.FirstLast => Shared.NameOrder.FirstLast,
            (int)Shared.NameOrder.FirstMiddleLast => Shared.NameOrder.FirstMiddleLast,
            _ => null,
        };
    }
}
