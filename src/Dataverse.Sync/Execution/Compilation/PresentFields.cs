namespace Dataverse.Sync.Execution;

/// <summary>Leaves out the optional field mappings that name a field or a table that does not exist.</summary>
internal static class PresentFields
{
    public static async Task<IIntegrationTableMapping> SelectAsync(
        IIntegrationTableMapping mapping, Sides<TableSchema?> schemas, SchemaReader reader, CancellationToken cancellationToken)
    {
        var missing = new HashSet<IFieldMapping>(ReferenceEqualityComparer.Instance);
        foreach (var field in mapping.Fields.Where(field => field is { IsEnabled: true, IsOptional: true }))
        {
            if (!await ExistsAsync(field, schemas, reader, cancellationToken).ConfigureAwait(false))
            {
                _ = missing.Add(field);
            }
        }

        if (missing.Count == 0)
        {
            return mapping;
        }

        var copy = mapping as IntegrationTableMapping ?? new IntegrationTableMappingBuilder(mapping).Build();
        return copy with { Fields = [.. mapping.Fields.Where(field => !missing.Contains(field))] };
    }

    private static async Task<bool> ExistsAsync(
        IFieldMapping field, Sides<TableSchema?> schemas, SchemaReader reader, CancellationToken cancellationToken)
    {
        foreach (var side in Sides.Both)
        {
            if (field.FieldOn(side) is { } name && schemas[side] is { } schema && schema.Find(name) is null)
            {
                return false;
            }
        }

        foreach (var (side, table, _) in field.SideTables())
        {
            if (await reader.ReadAsync(side, table, cancellationToken).ConfigureAwait(false) is null)
            {
                return false;
            }
        }

        return true;
    }
}
