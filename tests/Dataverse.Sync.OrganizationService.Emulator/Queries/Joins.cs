using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The linked tables of a query.</summary>
internal sealed class Joins(MessageContext context, EmulatedServiceOptions options, EntityWriter writer)
{
    private readonly Dictionary<LinkEntity, CompiledFilter> filters = [];
    private readonly RowAccessor accessor = new(context.State);

    /// <summary>The number of conditions on linked tables.</summary>
    public int Conditions => filters.Values.Sum(filter => filter.Conditions);

    /// <summary>The tables that conditions may name, by alias; the table of the query has none.</summary>
    public IReadOnlyDictionary<string, DataverseTableSchema> Tables(DataverseTableSchema table, QueryExpression query)
    {
        var tables = new Dictionary<string, DataverseTableSchema> { [string.Empty] = table };
        foreach (var link in All(query.LinkEntities))
        {
            if (link.JoinOperator is not (JoinOperator.Inner or JoinOperator.LeftOuter))
            {
                throw Refusals.NotEmulated($"the join operator {link.JoinOperator}");
            }

            var linked = context.Table(link.LinkToEntityName);
            tables[AliasOf(link)] = linked;
            var own = new Dictionary<string, DataverseTableSchema> { [string.Empty] = linked };
            filters[link] = new QueryFilter(context, options, own).Compile(link.LinkCriteria);
        }

        return tables;
    }

    /// <summary>A row with every combination of the rows that are linked to it.</summary>
    public IEnumerable<JoinedRow> Join(JoinedRow row, IEnumerable<LinkEntity> links) =>
        links.Aggregate([row], (IEnumerable<JoinedRow> rows, LinkEntity link) => rows.SelectMany(one => Join(one, row.Row, link)));

    /// <summary>Adds the columns of linked rows to a row.</summary>
    public Entity Complete(Entity entity, JoinedRow row, IEnumerable<LinkEntity> links)
    {
        foreach (var link in All(links).Where(link => row.Others.ContainsKey(AliasOf(link))))
        {
            var (linked, table) = (row.Others[AliasOf(link)], context.Table(link.LinkToEntityName));
            foreach (var column in EntityWriter.ColumnsOf(table, link.Columns))
            {
                if (writer.ValueOf(context.State, table, linked, column) is { } value)
                {
                    entity[$"{AliasOf(link)}.{column.Name}"] = new AliasedValue(table.LogicalName, column.Name, value);
                }
            }
        }

        return entity;
    }

    private static IEnumerable<LinkEntity> All(IEnumerable<LinkEntity> links) =>
        links.SelectMany(link => All(link.LinkEntities).Prepend(link));

    private static string AliasOf(LinkEntity link) => link.EntityAlias ?? link.LinkToEntityName;

    private IEnumerable<JoinedRow> Join(JoinedRow joined, DataverseRow from, LinkEntity link)
    {
        var table = context.Table(link.LinkToEntityName);
        var own = Value(from, link.LinkFromAttributeName);
        var matches = context.State[table.LogicalName].All
            .Where(row => own is not null && own.Equals(Value(row, link.LinkToAttributeName))
                && filters[link].Matches(new JoinedRow(row)))
            .SelectMany(row => Join(
                new JoinedRow(row, joined.Others.SetItem(AliasOf(link), row)), link.LinkEntities))
            .Select(row => joined with { Others = row.Others })
            .ToList();
        return matches.Count == 0 && link.JoinOperator is JoinOperator.LeftOuter ? [joined] : matches;
    }

    private object? Value(DataverseRow row, string name)
    {
        var table = context.Table(row.Table);
        return accessor.Value(row, (table.Find(name) ?? throw Refusals.UnknownColumn(table, name)).PropertyName);
    }
}
