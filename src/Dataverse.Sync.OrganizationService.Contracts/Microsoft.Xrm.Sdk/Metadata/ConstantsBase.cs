namespace Microsoft.Xrm.Sdk.Metadata;

public abstract class ConstantsBase<T>
{
    public T Value { get; set; }
}
