namespace Dataverse.Sync;

/// <summary>Initial values for the rows that a mapping creates on one side.</summary>
/// <remarks>
/// <para>A new row gets the values of one template: of those for its side whose <see cref="SourceFilter"/> passes the record
/// from which it is created, the one with the lowest <see cref="Priority"/>; of several with the same priority, the first
/// in the mapping.</para>
/// <para>A value of a template is written in the same request as the row, into fields for which the field mappings have
/// no value: a field mapping and its constant win, a blank does not. Existing rows are not changed. A value that a
/// template gives to a field that is synchronized back travels to the source like any value that a new row has by
/// itself.</para>
/// <para>Business Central: Table Config Template, Int. Table Config Template. There a template overwrites what the field
/// mappings wrote.</para>
/// <para>Immutable if its values are.</para>
/// </remarks>
public sealed record RecordTemplate
{
    /// <summary>The name of the template, unique within its mapping without regard to letter case.</summary>
    public required string Name { get; init; }

    /// <summary>The side on which the rows are created.</summary>
    public required SyncSide Target { get; init; }

    /// <summary>The records of the other side to whose partners the template applies, or null for all.</summary>
    /// <value>The default is null.</value>
    public RecordFilter? SourceFilter { get; init; }

    /// <summary>The order in which the templates of a side are tried, the lowest first. Must not be negative.</summary>
    /// <value>The default is 0.</value>
    public int Priority { get; init; }

    /// <summary>The fields of the target and their values. A choice accepts a label as well.</summary>
    /// <value>The default is empty. A record that passes an empty template gets no value of a later one.</value>
    public IReadOnlyDictionary<string, FieldValue> Values { get; init; } = new Dictionary<string, FieldValue>();
}
