using System.Diagnostics.CodeAnalysis;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A table definition with its system columns, indexed for use.</summary>
internal sealed class DataverseTableSchema
{
    private readonly Dictionary<string, DataverseColumn> columnsByName;
    private readonly Dictionary<string, DataverseColumn> columnsByProperty;
    private readonly Dictionary<string, DataverseNavigation> navigations;

    public DataverseTableSchema(DataverseTableDefinition definition)
    {
        Definition = definition;
        Columns = SystemColumns.Complete(definition);
        IndexedLookups = [.. Columns.Where(column => column.HasDeleteBehavior)];
        columnsByName = Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        columnsByProperty = Columns.ToDictionary(column => column.PropertyName, StringComparer.Ordinal);
        navigations = Columns.SelectMany(Navigations)
            .ToDictionary(navigation => navigation.Name, StringComparer.Ordinal);
        if (!columnsByName.ContainsKey(definition.PrimaryName))
        {
            throw new ArgumentException(
                $"Table '{definition.LogicalName}' has no column '{definition.PrimaryName}' for its primary name.");
        }

        foreach (var name in definition.AlternateKeys.SelectMany(key => key.Columns))
        {
            if (!columnsByName.ContainsKey(name))
            {
                throw new ArgumentException(
                    $"Table '{definition.LogicalName}' has no column '{name}' for an alternate key.");
            }
        }
    }

    public DataverseTableDefinition Definition { get; }

    public string LogicalName => Definition.LogicalName;

    public string SetName => Definition.SetName;

    public string Key => Definition.Key;

    public IReadOnlyList<DataverseColumn> Columns { get; }

    /// <summary>
    /// The lookups that a delete of their target acts upon; the others, such as those to users, would index too many
    /// rows.
    /// </summary>
    public IReadOnlyList<DataverseColumn> IndexedLookups { get; }

    /// <summary>Navigation properties of lookups, one per target except for owners, which have one for all.</summary>
    public IEnumerable<DataverseNavigation> LookupNavigations => navigations.Values;

    /// <exception cref="ArgumentException">The table has no such column.</exception>
    public DataverseColumn this[string column] =>
        Find(column) ?? throw new ArgumentException($"Table '{LogicalName}' has no column '{column}'.", nameof(column));

    public DataverseColumn? Find(string column) => columnsByName.GetValueOrDefault(column);

    public bool TryGetByProperty(string property, [NotNullWhen(true)] out DataverseColumn? column) =>
        columnsByProperty.TryGetValue(property, out column);

    public bool TryGetNavigation(string name, [NotNullWhen(true)] out DataverseNavigation? navigation) =>
        navigations.TryGetValue(name, out navigation);

    private static IEnumerable<DataverseNavigation> Navigations(DataverseColumn column) => column.Targets
        .GroupBy(target => target.NavigationProperty, StringComparer.Ordinal)
        .Select(group => new DataverseNavigation(group.Key, column, [.. group.Select(target => target.Table)]));

    /// <summary>The primitive type of a column's property.</summary>
    public static EdmPrimitiveTypeKind KindOf(DataverseColumn column) => column.Type switch
    {
        DataverseColumnType.Boolean => EdmPrimitiveTypeKind.Boolean,
        DataverseColumnType.Choice or DataverseColumnType.State or DataverseColumnType.Status
            or DataverseColumnType.WholeNumber or DataverseColumnType.Duration =>
            EdmPrimitiveTypeKind.Int32,
        DataverseColumnType.BigNumber => EdmPrimitiveTypeKind.Int64,
        DataverseColumnType.Decimal or DataverseColumnType.Money => EdmPrimitiveTypeKind.Decimal,
        DataverseColumnType.Double => EdmPrimitiveTypeKind.Double,
        DataverseColumnType.DateTime => EdmPrimitiveTypeKind.DateTimeOffset,
        DataverseColumnType.DateOnly => EdmPrimitiveTypeKind.Date,
        DataverseColumnType.Text or DataverseColumnType.Memo or DataverseColumnType.MultiChoice
            or DataverseColumnType.Image =>
            EdmPrimitiveTypeKind.String,
        _ => EdmPrimitiveTypeKind.Guid,
    };
}
