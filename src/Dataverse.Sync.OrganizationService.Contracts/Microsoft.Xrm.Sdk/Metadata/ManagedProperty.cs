namespace Microsoft.Xrm.Sdk;

public abstract class ManagedProperty<T>
{
    protected ManagedProperty()
    {
    }

    protected ManagedProperty(T value) => Value = value;

    public T Value { get; set; }

    public bool CanBeChanged { get; set; } = true;

    public string ManagedPropertyLogicalName { get; internal set; }
}
