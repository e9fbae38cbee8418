using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads the JSON object of a create or update.</summary>
internal sealed class PayloadReader(DatabaseState state, RowReferences references)
{
    private const string Bind = "@odata.bind";

    /// <param name="table">Table of the row.</param>
    /// <param name="body">The JSON object.</param>
    /// <param name="isCreate">Whether rows nested in the body, and collections to bind, are allowed.</param>
    /// <exception cref="DataverseErrorException">A member is unknown or has the wrong type.</exception>
    public RowChange Read(DataverseTableSchema table, JsonElement body, bool isCreate)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            throw DataverseErrors.BadPayload($"A row of '{table.LogicalName}' must be a JSON object.");
        }

        var change = new RowChange(new Dictionary<string, object?>());
        foreach (var member in body.EnumerateObject())
        {
            if (member.Name.EndsWith(Bind, StringComparison.Ordinal))
            {
                change = ReadBind(table, change, member);
            }
            else if (!member.Name.Contains('@', StringComparison.Ordinal))
            {
                change = ReadMember(table, change, member, isCreate);
            }
        }

        return change;
    }

    private RowChange ReadBind(DataverseTableSchema table, RowChange change, JsonProperty member)
    {
        if (!table.TryGetNavigation(member.Name[..^Bind.Length], out var navigation))
        {
            throw DataverseErrors.UndeclaredBind(table, member.Name);
        }

        if (member.Value.ValueKind is JsonValueKind.Null)
        {
            return Clear(change, navigation);
        }

        if (member.Value.ValueKind is not JsonValueKind.String)
        {
            throw DataverseErrors.BadPayload($"The value of '{member.Name}' must be a URL.");
        }

        var reference = references.Resolve(member.Value.GetString()!);
        if (!navigation.Tables.Contains(reference.Table))
        {
            throw DataverseErrors.BadPayload($"A '{reference.Table}' cannot be bound to '{navigation.Name}'.");
        }

        return change.With(navigation.Column.Name, reference);
    }

    private RowChange ReadMember(DataverseTableSchema table, RowChange change, JsonProperty member, bool isCreate)
    {
        if (table.TryGetByProperty(member.Name, out var column))
        {
            if (column.IsLookup)
            {
                throw DataverseErrors.BadQuery(
                    "CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.");
            }

            var value = JsonValueReader.Read(column, member.Value);
            return column.Name == table.Key ? change with { Id = value as Guid? } : change.With(column.Name, value);
        }

        if (table.Definition.IsPrincipal && member.Name == SystemColumns.Owner)
        {
            return change;
        }

        if (table.TryGetNavigation(member.Name, out var navigation))
        {
            return member.Value.ValueKind is JsonValueKind.Null
                ? Clear(change, navigation)
                : ReadNested(table, change, member, navigation, isCreate);
        }

        return ReadCollection(table, change, member, isCreate);
    }

    // Two navigation properties may write one column: clearing one must not undo the value of the other.
    private static RowChange Clear(RowChange change, DataverseNavigation navigation) =>
        change.TryGet(navigation.Column.Name, out _) ? change : change.With(navigation.Column.Name, null);

    private RowChange ReadNested(
        DataverseTableSchema table, RowChange change, JsonProperty member, DataverseNavigation navigation,
        bool isCreate)
    {
        if (!isCreate || member.Value.ValueKind is not JsonValueKind.Object || navigation.Tables is not [var target])
        {
            throw DataverseErrors.UnknownProperty(table, member.Name);
        }

        var nested = new NestedRow(
            target, navigation.Column.Name, IsInCollection: false, Read(state.Schema[target], member.Value, isCreate));
        return change with { Nested = [.. change.Nested, nested] };
    }

    private RowChange ReadCollection(DataverseTableSchema table, RowChange change, JsonProperty member, bool isCreate)
    {
        var collection = state.Schema.CollectionsOf(table.LogicalName)
            .FirstOrDefault(candidate => candidate.Name == member.Name);
        if (collection is null || !isCreate || member.Value.ValueKind is not JsonValueKind.Array)
        {
            throw DataverseErrors.UnknownProperty(table, member.Name);
        }

        var nested = member.Value.EnumerateArray().Select(item => new NestedRow(
            collection.Table, collection.Column.Name, IsInCollection: true,
            Read(state.Schema[collection.Table], item, isCreate)));
        return change with { Nested = [.. change.Nested, .. nested] };
    }
}
