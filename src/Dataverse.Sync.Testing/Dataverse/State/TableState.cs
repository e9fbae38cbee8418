using System.Collections.Immutable;
using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Rows, tombstones and key index of one table at one moment; immutable, so a reader needs no lock.</summary>
internal sealed record TableState
{
    private IReadOnlyList<DataverseRow>? all;

    public required DataverseTableSchema Schema { get; init; }

    public ImmutableDictionary<Guid, DataverseRow> Rows { get; private init; } =
        ImmutableDictionary<Guid, DataverseRow>.Empty;

    /// <summary>In order of version.</summary>
    public ImmutableList<Tombstone> Tombstones { get; private init; } = [];

    /// <summary>The rows in no particular order; quicker to go through than <see cref="Rows"/>.</summary>
    public IReadOnlyList<DataverseRow> All => all ??= [.. Rows.Values];

    private ImmutableDictionary<string, Guid> KeyIndex { get; init; } = ImmutableDictionary.Create<string, Guid>(
        StringComparer.OrdinalIgnoreCase);

    private ReferenceIndex References { get; init; } = ReferenceIndex.Empty;

    /// <summary>The rows whose lookup refers to the given row.</summary>
    public IEnumerable<DataverseRow> Referring(DataverseColumn column, DataverseReference reference) =>
        column.HasDeleteBehavior
        ? References.Referring(reference.Id).Select(id => Rows.GetValueOrDefault(id)).OfType<DataverseRow>()
            .Where(row => reference.Equals(row[column.Name]))
        : All.Where(row => reference.Equals(row[column.Name]));

    /// <exception cref="DataverseErrorException">An alternate key of the row is taken by another row.</exception>
    public TableState With(DataverseRow row)
    {
        var before = Rows.GetValueOrDefault(row.Id);
        var index = before is null ? KeyIndex : Unindexed(before);
        foreach (var key in Schema.Definition.AlternateKeys)
        {
            if (IndexEntry(key, column => row[column]) is not { } entry)
            {
                continue;
            }

            if (index.ContainsKey(entry))
            {
                throw DataverseErrors.DuplicateAlternateKey(key.Name);
            }

            index = index.Add(entry, row.Id);
        }

        return this with
        {
            Rows = Rows.SetItem(row.Id, row),
            KeyIndex = index,
            References = References.Replace(Schema, row.Id, before, row),
            all = null,
        };
    }

    public TableState Without(DataverseRow row, long version) => this with
    {
        Rows = Rows.Remove(row.Id),
        KeyIndex = Unindexed(row),
        References = References.Replace(Schema, row.Id, row, null),
        all = null,
        Tombstones = Tombstones.Add(new Tombstone(row.Id, version)),
    };

    /// <summary>The row that an alternate key's values identify, or null.</summary>
    public DataverseRow? Find(DataverseAlternateKey key, Func<string, object?> value) =>
        IndexEntry(key, value) is { } entry && KeyIndex.TryGetValue(entry, out var id) ? Rows.GetValueOrDefault(id) : null;

    /// <summary>The table without rows that a caller does not see.</summary>
    public TableState Hiding(Func<DataverseRow, bool> isHidden) => this with
    {
        Rows = Rows.RemoveRange(Rows.Values.Where(isHidden).Select(row => row.Id)),
        all = null,
    };

    private ImmutableDictionary<string, Guid> Unindexed(DataverseRow row) => KeyIndex.RemoveRange(
        Schema.Definition.AlternateKeys.Select(key => IndexEntry(key, column => row[column])).OfType<string>());

    private static string? IndexEntry(DataverseAlternateKey key, Func<string, object?> value)
    {
        var values = key.Columns.Select(value).ToArray();
        return Array.Exists(values, part => part is null)
            ? null
            : string.Join('\u0001', values.Select(Text).Prepend(key.Name));
    }

    private static string Text(object? value) => value switch
    {
        DataverseReference reference => reference.Id.ToString(),
        decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
