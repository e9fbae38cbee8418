namespace Dataverse.Sync;

/// <content>How partners are found.</content>
public sealed partial class IntegrationTableMappingBuilder
{
    /// <summary>Matches uncoupled records by a pair of fields, which do not have to be mapped.</summary>
    /// <remarks>If the match group already contains the pair of fields, its case sensitivity is changed.</remarks>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="priority">
    /// The match group of the fields. All fields of a group must match; groups with a lower number are tried first.
    /// </param>
    /// <param name="caseSensitive">Whether letter case matters in texts.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder MatchOn(
        string local, string integration, int priority = 0, bool caseSensitive = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        matches.Add(priority, new MatchField(local, integration, caseSensitive));
        return this;
    }

    /// <summary>
    /// Names a pair of fields that decides if several records match by a match group: of these, only records count that
    /// are equal in this pair of fields too.
    /// </summary>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="priority">The match group, to which <see cref="MatchOn"/> adds the fields.</param>
    /// <param name="caseSensitive">Whether letter case matters in texts.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder ConfirmOn(
        string local, string integration, int priority = 0, bool caseSensitive = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        matches.Confirm(priority, new MatchField(local, integration, caseSensitive));
        return this;
    }

    /// <summary>
    /// Names a pair of fields that suggests a partner but does not prove it, such as an e-mail address that two people
    /// share. Records that are equal in it and that no match group couples are doubtful.
    /// </summary>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="priority">
    /// The group of the fields. All fields of a group must be equal; groups with a lower number are tried first, a
    /// suggestion after the match group of the same number.
    /// </param>
    /// <param name="caseSensitive">Whether letter case matters in texts.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder SuggestOn(
        string local, string integration, int priority = 0, bool caseSensitive = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        matches.Suggest(priority, new MatchField(local, integration, caseSensitive));
        return this;
    }

    /// <summary>
    /// Sets what happens to an uncoupled record whose partner is doubtful. The default is
    /// <see cref="DoubtfulMatchPolicy.Ask"/>.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder OnDoubtfulMatch(DoubtfulMatchPolicy policy) =>
        Change(mapping with { DoubtfulMatchPolicy = policy });

    /// <summary>Removes all match fields.</summary>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder MatchOnNothing()
    {
        matches.Clear();
        return this;
    }
}
