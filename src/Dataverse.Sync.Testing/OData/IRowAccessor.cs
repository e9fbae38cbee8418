namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// How the evaluation reads a row. Values are null, <see cref="string"/>, <see cref="bool"/>, <see cref="int"/>,
/// <see cref="long"/>, <see cref="decimal"/>, <see cref="double"/>, <see cref="Guid"/>, <see cref="DateTimeOffset"/>,
/// or <see cref="DateOnly"/>.
/// </summary>
internal interface IRowAccessor<TRow>
    where TRow : class
{
    object? Value(TRow row, string property);

    /// <summary>The row behind a single-valued navigation property, or null.</summary>
    TRow? Related(TRow row, string navigation) => null;

    /// <summary>The rows behind a collection-valued navigation property.</summary>
    IEnumerable<TRow> RelatedRows(TRow row, string navigation) => [];

    /// <summary>
    /// What <c>$orderby</c> compares, for servers that sort some columns by something else than their value.
    /// </summary>
    object? SortValue(TRow row, string property) => Value(row, property);
}
