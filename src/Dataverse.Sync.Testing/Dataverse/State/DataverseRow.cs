using System.Collections.Immutable;

namespace Dataverse.Sync.Testing;

/// <summary>
/// A row as it is stored, immutable. Values are null, <see cref="string"/>, <see cref="bool"/>, <see cref="int"/>,
/// <see cref="long"/>, <see cref="decimal"/>, <see cref="double"/>, <see cref="Guid"/>, <see cref="DateTimeOffset"/>,
/// <see cref="DateOnly"/>, or, for lookups, <see cref="DataverseReference"/>.
/// </summary>
public sealed record DataverseRow
{
    internal DataverseRow(string table, Guid id, long version, ImmutableDictionary<string, object> values) =>
        (Table, Id, Version, Values) = (table, id, version, values);

    /// <summary>Logical name of the table.</summary>
    public string Table { get; }

    /// <summary>Primary key.</summary>
    public Guid Id { get; }

    /// <summary>Position of the last write in the database-wide count; also the number in <see cref="ETag"/>.</summary>
    public long Version { get; internal init; }

    /// <summary>The tag that clients see: <c>W/"1234"</c>.</summary>
    public string ETag => $"W/\"{Version}\"";

    /// <summary>Value of a column by logical name; null when it is empty or the table has no such column.</summary>
    public object? this[string column] => Values.GetValueOrDefault(column);

    /// <summary>The columns that are not empty.</summary>
    internal ImmutableDictionary<string, object> Values { get; init; }

    internal DataverseRow With(string column, object? value) =>
        this with { Values = value is null ? Values.Remove(column) : Values.SetItem(column, value) };
}
