namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What a write wants: values by column, null to empty one; and rows to create along with it.</summary>
internal sealed record RowChange(IReadOnlyDictionary<string, object?> Values)
{
    /// <summary>The key that the body names, or null.</summary>
    public Guid? Id { get; init; }

    public IReadOnlyList<NestedRow> Nested { get; init; } = [];

    public bool TryGet(string column, out object? value) => Values.TryGetValue(column, out value);

    public RowChange With(string column, object? value) =>
        this with { Values = new Dictionary<string, object?>(Values, StringComparer.Ordinal) { [column] = value } };
}

/// <summary>
/// A row of a deep insert: before its owner when the owner looks it up, after it when it is in the owner's collection.
/// </summary>
internal sealed record NestedRow(string Table, string Column, bool IsInCollection, RowChange Change);
