using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The query functions on the hierarchy of a table. Of the tables that every organization has, three have one.</summary>
internal static class HierarchyFunctions
{
    private static readonly Dictionary<string, string> Parents = new(StringComparer.Ordinal)
    {
        ["account"] = "parentaccountid",
        ["businessunit"] = "parentbusinessunitid",
        ["systemuser"] = "parentsystemuserid",
    };

    public static IEnumerable<(string Name, RowFunction Function)> All(DatabaseState state) =>
    [
        ("Under", Test(state, (row, other) => Ancestors(state, row).Contains(other))),
        ("UnderOrEqual", Test(state, (row, other) => row.Id == other.Id || Ancestors(state, row).Contains(other))),
        ("NotUnder", Test(state, (row, other) => !Ancestors(state, row).Contains(other))),
        ("Above", Test(state, (row, other) => Ancestors(state, other).Contains(row))),
        ("AboveOrEqual", Test(state, (row, other) => row.Id == other.Id || Ancestors(state, other).Contains(row))),
    ];

    private static RowFunction Test(DatabaseState state, Func<DataverseRow, DataverseRow, bool> test) =>
        (type, arguments) =>
        {
            var property = FunctionBinding.Property(type, arguments, EdmPrimitiveTypeKind.Guid);
            if (!Parents.ContainsKey(type.Name) || property.Name != state.Schema[type.Name].Key)
            {
                throw new ODataQueryException(
                    ODataQueryFault.NotSupported, $"A hierarchy by '{property.Name}' of '{type.Name}' is not supported.");
            }

            var other = FunctionBinding.Values(property, arguments)[0] is Guid id ? state.Find(type.Name, id) : null;
            return row => other is not null && row(property.Name) is Guid key && state.Find(type.Name, key) is { } present
                && test(present, other);
        };

    // A hierarchy may contain a circle, which the service refuses to write, and a loaded file does not.
    private static HashSet<DataverseRow> Ancestors(DatabaseState state, DataverseRow row)
    {
        var found = new HashSet<DataverseRow>(ReferenceEqualityComparer.Instance);
        var next = Parent(state, row);
        while (next is not null && found.Add(next))
        {
            next = Parent(state, next);
        }

        return found;
    }

    private static DataverseRow? Parent(DatabaseState state, DataverseRow row) =>
        state.Find(row[Parents[row.Table]] as DataverseReference);
}
