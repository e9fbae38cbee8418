namespace Dataverse.Sync;

/// <content>The company and the owner of the rows.</content>
public sealed partial class IntegrationTableMappingBuilder
{
    /// <summary>Sets the columns by which companies claim the rows of the integration table.</summary>
    /// <param name="columns">
    /// The columns in the order of preference; the first one that the table has counts. Empty for none.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="columns"/> or one of them is null.</exception>
    public IntegrationTableMappingBuilder ClaimedBy(params IReadOnlyList<CompanyColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns)
        {
            ArgumentNullException.ThrowIfNull(column, nameof(columns));
        }

        return Change(mapping with { CompanyColumns = [.. columns] });
    }

    /// <summary>
    /// Sets whether rows that other companies claim take part as well. The default is false. Recommended only for
    /// mappings that do not write the integration side.
    /// </summary>
    /// <param name="readsAll">True to read and couple the rows of all companies.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder ReadAllCompanies(bool readsAll = true) =>
        Change(mapping with { ReadsAllCompanies = readsAll });

    /// <summary>Sets whether all companies share the rows of the integration table. The default is false.</summary>
    /// <param name="isShared">True for a table such as users or currencies.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder SharedByCompanies(bool isShared = true) =>
        Change(mapping with { IsSharedByCompanies = isShared });

    /// <summary>
    /// Sets the owner of the integration rows that the mapping creates if no field mapping names one. The default is
    /// null, which leaves it to the system.
    /// </summary>
    /// <param name="owner">The owner, or null.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder OwnedBy(DefaultOwner? owner) =>
        Change(mapping with { DefaultOwner = owner });
}
