namespace Microsoft.Xrm.Sdk;

public sealed class BusinessEntityChangesCollection : DataCollection<IChangedItem>
{
    public BusinessEntityChangesCollection()
    {
    }

    public BusinessEntityChangesCollection(IList<IChangedItem> list)
        : base(list)
    {
    }
}
