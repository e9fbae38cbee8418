namespace Microsoft.Xrm.Sdk;

public class OrganizationResponse
{
    public string ResponseName { get; set; }

    public ParameterCollection Results { get; set; } = new();

    public object this[string name]
    {
        get => Results[name];
        set => Results[name] = value;
    }

    internal T Get<T>(string name) => Results.TryGetValue(name, out T value) ? value : default;
}
