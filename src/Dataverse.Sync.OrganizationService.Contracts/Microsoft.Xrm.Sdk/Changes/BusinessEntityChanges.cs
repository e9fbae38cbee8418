namespace Microsoft.Xrm.Sdk;

public sealed class BusinessEntityChanges
{
    public bool MoreRecords { get; set; }

    public string PagingCookie { get; set; }

    public string DataToken { get; set; }

    public BusinessEntityChangesCollection Changes { get; set; } = new();

    public string GlobalMetadataVersion { get; set; }
}
