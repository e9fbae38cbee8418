namespace Dataverse.Sync.Testing;

/// <summary>Refuses writes whose values refer to no row; see <see cref="InMemoryTableOptions.Targets"/>.</summary>
internal sealed class TargetCheck(TableSet tables)
{
    /// <summary>Returns the refusal of a write, or null if every target exists.</summary>
    public WriteResult? Refuse(InMemoryTable table, WriteOperation operation)
    {
        var targets = table.Options.Targets;
        if (targets.Count == 0 || (operation.Kind != WriteKind.Insert && table.Find(operation.Id) is null))
        {
            return null;
        }

        foreach (var (field, value) in operation.Fields)
        {
            if (!value.IsBlank && targets.TryGetValue(field, out var target) && !Exists(target, value))
            {
                var text = $"Field '{field}' of table '{table.Schema.Name}' refers to no record of table '{target}'.";
                return new()
                {
                    Status = WriteStatus.Rejected,
                    Error = new SyncError(InMemoryErrorCodes.TargetNotFound, text, field),
                };
            }
        }

        return null;
    }

    private bool Exists(string table, FieldValue value)
    {
        var isId = value.Kind is FieldValueKind.Identifier or FieldValueKind.Reference;
        var target = tables.Find(isId ? value.ReferencedTable ?? table : table);
        return target is not null
            && (isId ? target.Find(value.AsIdentifier()) is not null
                : target.Schema.BusinessKeyField is { } key && target.Search(key, [value]).Length > 0);
    }
}
