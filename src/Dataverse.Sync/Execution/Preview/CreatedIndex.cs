using System.Runtime.InteropServices;

namespace Dataverse.Sync.Execution;

/// <summary>The records that a preview pretends to create, by their tables and by the values of searched fields.</summary>
/// <remarks>A field is indexed when it is searched for the first time. Letter case and outer blanks are ignored.</remarks>
internal sealed class CreatedIndex
{
    private readonly Dictionary<string, List<Guid>> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Table, string Field), SearchedField> fields = [];

    public void Add(string table, Guid id) => Of(table).Add(id);

    /// <summary>Finds the records whose field had one of the values when they were searched first.</summary>
    /// <param name="query">The search.</param>
    /// <param name="valueOf">Returns the value of the field of a record.</param>
    public IEnumerable<Guid> Find(FieldQuery query, Func<Guid, FieldValue> valueOf)
    {
        if (!tables.TryGetValue(query.Table, out var ids))
        {
            return [];
        }

        if (query.Values is not { } values)
        {
            return ids;
        }

        var key = (query.Table, query.Field);
        if (!fields.TryGetValue(key, out var searched))
        {
            fields[key] = searched = new();
        }

        searched.Include(ids, valueOf);
        return values.Select(KeyOf).Distinct().SelectMany(searched.Of).Distinct();
    }

    private static string KeyOf(FieldValue value) => value.Kind == FieldValueKind.Text
        ? TextForm.InNormalFormC(value.AsText()).Trim().ToUpperInvariant()
        : value.ToString();

    private List<Guid> Of(string table)
    {
        ref var ids = ref CollectionsMarshal.GetValueRefOrAddDefault(tables, table, out _);
        return ids ??= [];
    }

    private sealed class SearchedField
    {
        private readonly Dictionary<string, List<Guid>> found = new(StringComparer.Ordinal);
        private int included;

        public IEnumerable<Guid> Of(string key) => found.GetValueOrDefault(key, []);

        public void Include(List<Guid> ids, Func<Guid, FieldValue> valueOf)
        {
            for (; included < ids.Count; included++)
            {
                var value = valueOf(ids[included]);
                if (value.IsBlank)
                {
                    continue;
                }

                ref var sameValue = ref CollectionsMarshal.GetValueRefOrAddDefault(found, KeyOf(value), out _);
                (sameValue ??= []).Add(ids[included]);
            }
        }
    }
}
