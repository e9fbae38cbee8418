namespace Microsoft.Xrm.Sdk.Metadata;

public enum LookupFormat
{
    None = 0,
    Connection = 1,
    Regarding = 2,
    Text = 3,
}
