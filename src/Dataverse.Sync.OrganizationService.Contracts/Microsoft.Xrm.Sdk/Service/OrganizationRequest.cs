namespace Microsoft.Xrm.Sdk;

public class OrganizationRequest
{
    public OrganizationRequest()
    {
    }

    public OrganizationRequest(string requestName) => RequestName = requestName;

    public string RequestName { get; set; }

    public ParameterCollection Parameters { get; set; } = new();

    public Guid? RequestId { get; set; }

    public object this[string parameterName]
    {
        get => Parameters[parameterName];
        set => Parameters[parameterName] = value;
    }

    internal T Get<T>(string name) => Parameters.TryGetValue(name, out T value) ? value : default;
}
