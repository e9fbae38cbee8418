namespace Dataverse.Sync.Shared;

/// <summary>The writes by which a full name is written: those of its parts.</summary>
internal static class NameWrites
{
    /// <summary>Whether a write is that of a full name, which is written by its parts.</summary>
    public static bool IsName(TableDefinition table, FieldWrite write) => table.FullName is not null && write.Field == ColumnNames.FullName;

    /// <summary>Replaces the write of a full name by the writes of its parts; leaves any other as it is.</summary>
    public static IEnumerable<FieldWrite> Of(TableDefinition table, FieldWrite write)
    {
        if (write.Field != ColumnNames.FullName || table.FullName is not { } splitter)
        {
            return [write];
        }

        var name = write.Value.IsBlank ? (FullName?)null : splitter.Fit(write.Value.AsText());
        IEnumerable<FieldWrite> parts =
        [
            new(ColumnNames.FirstName, FieldValue.Text(name?.First)),
            new(ColumnNames.MiddleName, FieldValue.Text(name?.Middle)),
            new(ColumnNames.LastName, FieldValue.Text(name?.Last)),
        ];
        return parts.Where(part => table.Columns.ContainsKey(part.Field));
    }
}
