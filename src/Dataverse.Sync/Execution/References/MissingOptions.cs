namespace Dataverse.Sync.Execution;

/// <summary>Finds the options of a mapping's fields that have no counterpart.</summary>
internal sealed class MissingOptions(Sides<ITableConnector> systems, CompiledMapping mapping)
{
    public async Task<IReadOnlyList<MissingOption>> FindAsync(CancellationToken cancellationToken)
    {
        var tables = new OptionTables(systems, mapping);
        var fields = mapping.Fields.Where(field => field.Mapping.Options is not null).ToList();
        await tables.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
        var missing = new List<MissingOption>();
        foreach (var field in fields)
        {
            foreach (var side in Sides.Both.Where(field.Reaches))
            {
                missing.AddRange(tables.Find(field, side)!.Unmapped
                    .Select(option => new MissingOption(field.Mapping.Key, side, option.Label, option.Value)));
            }
        }

        return missing;
    }
}
