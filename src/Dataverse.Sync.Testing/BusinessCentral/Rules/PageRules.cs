namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The business logic of one page and its table: what AL triggers do around a write. The base does nothing. Rules hold
/// no state.
/// </summary>
internal class PageRules
{
    public static PageRules None { get; } = new();

    /// <summary>After one property was set, in the order of the request body.</summary>
    public virtual void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
    }

    /// <summary>Before anything is set on a new record.</summary>
    public virtual void Starting(RowDraft draft)
    {
    }

    /// <summary>After all properties were set and the number is known, before the record is stored.</summary>
    public virtual void Inserting(RowDraft draft, Transaction transaction)
    {
    }

    public virtual void Modifying(RowDraft draft, Transaction transaction)
    {
    }

    public virtual void Inserted(PageRow row, Transaction transaction)
    {
    }

    /// <summary>After the record was stored, renames included.</summary>
    public virtual void Modified(PageRow before, PageRow after, Transaction transaction)
    {
    }

    public virtual void Deleting(PageRow row, Transaction transaction)
    {
    }

    public virtual void Deleted(PageRow row, Transaction transaction)
    {
    }
}
