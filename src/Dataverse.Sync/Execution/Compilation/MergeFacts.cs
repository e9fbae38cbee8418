namespace Dataverse.Sync.Execution;

/// <summary>Tells from the values of a record whether it was merged into another one, and into which.</summary>
internal sealed class MergeFacts
{
    private readonly MergeFields? fields;

    /// <param name="table">The table of the records.</param>
    public MergeFacts(TableSchema table) => fields = table.MergeFields is { } told && CanRead(table, told) ? told : null;

    /// <summary>Whether records of the table can be merged.</summary>
    public bool IsPossible => fields is not null;

    /// <summary>The fields to read; none if records of the table cannot be merged.</summary>
    public IEnumerable<string> Fields => fields is null ? [] : fields.Flag is { } flag ? [fields.Survivor, flag] : [fields.Survivor];

    /// <summary>The condition that merged records meet, or null if records of the table cannot be merged.</summary>
    public RecordFilter? Condition => fields is null ? null
        : fields.Flag is { } flag ? RecordFilter.Equal(flag, FieldValue.Boolean(true))
        : RecordFilter.IsNotBlank(fields.Survivor);

    /// <summary>Whether a record was merged into another one.</summary>
    public bool IsMerged(TableRecord record) => fields is not null
        && (SurvivorOf(record) is not null
            || (fields.Flag is { } flag && ValueOf(record, flag) == FieldValue.Boolean(true)));

    /// <summary>The survivor of a merged record, or null if the record is not merged or its survivor was deleted.</summary>
    public Guid? SurvivorOf(TableRecord record) =>
        fields is not null && ValueOf(record, fields.Survivor) is { IsId: true } survivor && survivor.AsIdentifier() != record.Id
            ? survivor.AsIdentifier()
            : null;

    private static FieldValue ValueOf(TableRecord record, string field) =>
        record.Layout.IndexOf(field) is >= 0 and var place ? record[place] : FieldValue.Blank;

    private static bool CanRead(TableSchema table, MergeFields told) =>
        table.Find(told.Survivor)?.CanRead == true && (told.Flag is null || table.Find(told.Flag)?.CanRead == true);
}
