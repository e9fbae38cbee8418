namespace Dataverse.Sync;

/// <summary>The ordered fields of the records of a page, which share one layout.</summary>
/// <remarks>Immutable. Code that reads many records should look up the ordinal of a field once per layout.</remarks>
public sealed class RecordLayout
{
    private readonly Dictionary<string, int> ordinals;

    /// <summary>Initializes a new instance of the <see cref="RecordLayout"/> class.</summary>
    /// <param name="table">The table of the records.</param>
    /// <param name="fields">The names of the fields, each once.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="table"/> is null or empty, or a field is named twice.
    /// </exception>
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
                throw new ArgumentException("The fields of a layout must be unique.", nameof(fields));
            }
        }
    }

    /// <summary>The table of the records.</summary>
    public string Table { get; }

    /// <summary>The names of the fields, in the order of the values.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Finds the ordinal of a field.</summary>
    /// <param name="field">The name of the field, case-sensitive.</param>
    /// <returns>The ordinal, or −1 if the layout does not contain the field.</returns>
    public int IndexOf(string field) => ordinals.TryGetValue(field, out var ordinal) ? ordinal : -1;
}
