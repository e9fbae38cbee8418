namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The business logic of one page and its table, like the AL triggers around a write. The base class does nothing.
/// Rules are stateless.
/// </summary>
internal class PageRules
{
    public static PageRules None { get; } = new();

    /// <summary>Runs after one property was set, in the order of the request body.</summary>
    public virtual void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
    }

    /// <summary>Runs before the first property of a new record is set.</summary>
    public virtual void Starting(RowDraft draft)
    {
    }

    /// <summary>Runs after all properties and the number were set, before the record is stored.</summary>
    public virtual void Inserting(RowDraft draft, Transaction transaction)
    {
    }

    public virtual void Modifying(RowDraft draft, Transaction transaction)
    {
    }

    public virtual void Inserted(PageRow row, Transaction transaction)
    {
    }

    /// <summary>Runs after the record was stored or renamed.</summary>
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
