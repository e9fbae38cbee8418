namespace Microsoft.Xrm.Sdk.Metadata;

public enum DateTimeFormat
{
    DateOnly = 0,
    DateAndTime = 1,
}
