using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>Compiles the criteria of a query.</summary>
internal sealed class QueryFilter(
    MessageContext context, EmulatedServiceOptions options, IReadOnlyDictionary<string, DataverseTableSchema> tables)
{
    private readonly RowAccessor accessor = new(context.State);

    /// <exception cref="DataverseErrorException">A condition is not valid.</exception>
    public CompiledFilter Compile(FilterExpression? filter)
    {
        if (filter is null)
        {
            return new CompiledFilter(0, _ => true);
        }

        List<CompiledFilter> parts = [.. filter.Conditions.Select(Compile), .. filter.Filters.Select(Compile)];
        var conditions = parts.Sum(part => part.Conditions);
        if (parts.Count == 0)
        {
            return new CompiledFilter(0, _ => true);
        }

        return filter.FilterOperator is LogicalOperator.And
            ? new CompiledFilter(conditions, row => parts.TrueForAll(part => part.Matches(row)))
            : new CompiledFilter(conditions, row => parts.Exists(part => part.Matches(row)));
    }

    private CompiledFilter Compile(ConditionExpression condition)
    {
        if (condition.CompareColumns)
        {
            throw Refusals.NotEmulated("conditions that compare columns");
        }

        var alias = condition.EntityName ?? string.Empty;
        if (tables[string.Empty].LogicalName == alias)
        {
            alias = string.Empty;
        }

        var table = tables.TryGetValue(alias, out var known) ? known : throw Refusals.UnknownTable(alias);
        var column = table.Find(condition.AttributeName) ?? throw Refusals.UnknownColumn(table, condition.AttributeName);
        if (condition.Values.Count > options.MaxConditionValues)
        {
            throw new DataverseErrorException(400, "0x80044150", "Generic SQL error. Too many parameters.");
        }

        var test = ConditionTests.Compile(condition, column, options);
        return new CompiledFilter(
            1, row => row.Find(alias) is { } found && test(accessor.Value(found, column.PropertyName)));
    }
}
