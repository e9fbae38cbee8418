namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What a request must fulfill before it reads or writes a record: visibility, and a tag that is current.</summary>
internal sealed class RecordConditions(BusinessCentralEmulatorOptions options, EntityTags tags)
{
    /// <summary>The record to write.</summary>
    /// <exception cref="BusinessCentralException">
    /// The client does not see the record, or <c>If-Match</c> is missing, malformed, or stale.
    /// </exception>
    public PageRow Matching(ApiCall call, RecordAddress record, Transaction transaction, bool isTagRequired)
    {
        var row = Visible(record.Find(transaction.View), record.Set);
        var condition = call.Header("If-Match")?.Trim();
        if (string.IsNullOrEmpty(condition))
        {
            return isTagRequired ? throw Errors.Token() : row;
        }

        if (condition == "*")
        {
            return row;
        }

        if (!EntityTags.IsWellFormed(condition))
        {
            throw Errors.Token();
        }

        return condition == row.Tag(tags) ? row : throw Errors.Changed();
    }

    /// <exception cref="BusinessCentralException">The row does not exist or is hidden.</exception>
    public PageRow Visible(PageRow? row, CollectionAddress set) => row switch
    {
        { IsHidden: false } => row,
        { IsHidden: true } when options.HiddenRecordStatus == 403 => throw Errors.Forbidden(),
        _ => throw Errors.NoRecord(set.Page.Set),
    };
}
