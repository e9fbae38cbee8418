using System.Collections.Immutable;

namespace Dataverse.Sync.Testing;

/// <summary>
/// A stored row. Immutable. Values are <see langword="null"/>, <see cref="string"/>, <see cref="bool"/>,
/// <see cref="int"/>, <see cref="long"/>, <see cref="decimal"/>, <see cref="double"/>, <see cref="Guid"/>,
/// <see cref="DateTimeOffset"/>, <see cref="DateOnly"/>, or, for lookups, <see cref="DataverseReference"/>.
/// </summary>
public sealed record DataverseRow
{
    internal DataverseRow(string table, Guid id, long version, ImmutableDictionary<string, object> values) =>
        (Table, Id, Version, Values) = (table, id, version, values);

    /// <summary>The logical name of the table.</summary>
    public string Table { get; }

    /// <summary>The primary key.</summary>
    public Guid Id { get; }

    /// <summary>
    /// The position of the last write among all writes of the database; also the number in <see cref="ETag"/>.
    /// </summary>
    public long Version { get; internal init; }

    /// <summary>The entity tag that clients see, for example <c>W/"1234"</c>.</summary>
    public string ETag => $"W/\"{Version}\"";

    /// <summary>
    /// Gets the value of a column; <see langword="null"/> if it is empty or the table has no such column.
    /// </summary>
    /// <param name="column">The logical name.</param>
    public object? this[string column] => Values.GetValueOrDefault(column);

    /// <summary>The columns that are not empty.</summary>
    internal ImmutableDictionary<string, object> Values { get; init; }

    internal DataverseRow With(string column, object? value) =>
        this with { Values = value is null ? Values.Remove(column) : Values.SetItem(column, value) };
}
