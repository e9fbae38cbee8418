namespace Microsoft.Xrm.Sdk.Query;

public abstract class QueryBase
{
}
