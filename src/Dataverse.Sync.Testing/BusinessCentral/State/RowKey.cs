using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The values of a primary key; ordered as the database orders them.</summary>
internal sealed record RowKey(ImmutableArray<object> Values) : IComparable<RowKey>
{
    public int CompareTo(RowKey? other)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            var order = ScalarValues.Compare(
                Sortable(Values[i]), Sortable(other!.Values[i]), CollationStrings.Instance);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <summary>
    /// The value in a form that sorts as in the database, whose order of GUIDs differs from the order of their text.
    /// </summary>
    public static object Sortable(object value) => value is Guid id ? new System.Data.SqlTypes.SqlGuid(id) : value;
}
