namespace Microsoft.Xrm.Sdk;

public sealed class LocalizedLabelCollection : DataCollection<LocalizedLabel>
{
    public LocalizedLabelCollection()
    {
    }

    public LocalizedLabelCollection(IList<LocalizedLabel> list)
        : base(list)
    {
    }
}
