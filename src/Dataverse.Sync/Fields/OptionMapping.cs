namespace Dataverse.Sync;

/// <summary>
/// Translates the options of a field: an enumeration, a choice column, or the records of a table. Business Central: option
/// mapping.
/// </summary>
/// <remarks>
/// <para>An option is found by the explicit <see cref="Pairs"/>, then by its label in any language without regard to letter
/// case, then by its label cut to the length of the other side's code, then by its number. An option that a pair names is
/// not found otherwise. A blank stays blank.</para>
/// <para>A side without a table offers the options that its schema tells for the field. A text field without a table accepts
/// any label.</para>
/// </remarks>
public sealed record OptionMapping
{
    /// <summary>The table with the local options, or null if the local field is an enumeration or a text.</summary>
    public OptionTable? LocalTable { get; init; }

    /// <summary>The table with the integration options, or null if the column is a choice or a text.</summary>
    public OptionTable? IntegrationTable { get; init; }

    /// <summary>
    /// Options that belong together although their labels differ, each named by its value, its code, or its label.
    /// </summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<ValuePair> Pairs { get; init; } = [];

    /// <summary>What happens to an option that has no counterpart.</summary>
    /// <value>The default is <see cref="UnmappedValuePolicy.Fail"/>.</value>
    public UnmappedValuePolicy WhenUnmapped { get; init; }

    /// <summary>
    /// The integration option, by value or label, for a local option without counterpart, with
    /// <see cref="UnmappedValuePolicy.UseDefault"/>; null if there is none.
    /// </summary>
    public FieldValue? DefaultForIntegration { get; init; }

    /// <summary>
    /// The local option, by value, code, or label, for an integration option without counterpart, with
    /// <see cref="UnmappedValuePolicy.UseDefault"/>; null if there is none.
    /// </summary>
    public FieldValue? DefaultForLocal { get; init; }

    /// <summary>Whether a table must be read to know the options.</summary>
    internal bool HasTable => LocalTable is not null || IntegrationTable is not null;

    internal OptionTable? TableOn(SyncSide side) => side == SyncSide.Local ? LocalTable : IntegrationTable;

    internal FieldValue? DefaultFor(SyncSide side) => side == SyncSide.Local ? DefaultForLocal : DefaultForIntegration;
}
