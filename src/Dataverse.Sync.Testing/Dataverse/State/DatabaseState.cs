using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The whole organization at one moment; immutable.</summary>
internal sealed record DatabaseState
{
    public required DataverseSchema Schema { get; init; }

    public required ImmutableDictionary<string, TableState> Tables { get; init; }

    /// <summary>What is left out of this state because the caller may not see it.</summary>
    public HiddenData Hidden { get; init; } = HiddenData.None;

    public TableState this[string table] => Tables[table];

    public static DatabaseState Empty(DataverseSchema schema) => new()
    {
        Schema = schema,
        Tables = schema.Tables.ToImmutableDictionary(
            table => table.LogicalName, table => new TableState { Schema = table }, StringComparer.Ordinal),
    };

    public DatabaseState With(TableState table) =>
        this with { Tables = Tables.SetItem(table.Schema.LogicalName, table) };

    /// <summary>The same rows under another schema, which has all tables of the present one.</summary>
    public DatabaseState With(DataverseSchema schema) => this with
    {
        Schema = schema,
        Tables = schema.Tables.ToImmutableDictionary(
            table => table.LogicalName,
            table => Tables.TryGetValue(table.LogicalName, out var state)
                ? state with { Schema = table }
                : new TableState { Schema = table },
            StringComparer.Ordinal),
    };

    public DataverseRow? Find(string table, Guid id) =>
        Tables.TryGetValue(table, out var state) ? state.Rows.GetValueOrDefault(id) : null;

    public DataverseRow? Find(DataverseReference? reference) =>
        reference is null ? null : Find(reference.Table, reference.Id);
}
