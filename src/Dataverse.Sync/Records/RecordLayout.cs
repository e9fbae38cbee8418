namespace Dataverse.Sync;

/// <summary>The fields that the records of a page carry, in order; shared by all of them.</summary>
/// <remarks>Immutable. Code that reads many records looks a field's ordinal up once per layout.</remarks>
public sealed class RecordLayout
{
    private readonly Dictionary<string, int> ordinals;

    /// <summary>Makes a layout.</summary>
    /// <param name="table">The table that the records belong to.</param>
    /// <param name="fields">The names of the fields, each once.</param>
    /// <exception cref="ArgumentException">A field is named twice.</exception>
    public RecordLayout(string table, IEnumerable<string> fields)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(fields);
        Table = table;
        Fields = [.. fields];
        ordinals = new(Fields.Count, StringComparer.Ordinal);
        for (var ordinal = 0; ordinal < Fields.Count; ordinal++)
        {
            if (!ordinals.TryAdd(Fields[ordinal], ordinal))
            {
                throw new ArgumentException("A layout names each field once.", nameof(fields));
            }
        }
    }

    /// <summary>The table that the records belong to.</summary>
    public string Table { get; }

    /// <summary>The names of the fields, in the order of the values.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>The place of a field, or −1 when the layout lacks it. Names are case-sensitive.</summary>
    public int IndexOf(string field) => ordinals.TryGetValue(field, out var ordinal) ? ordinal : -1;
}
