namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class StatusOptionMetadata : OptionMetadata
{
    public StatusOptionMetadata()
    {
    }

    public StatusOptionMetadata(int value, int? state)
        : base(value) => State = state;

    public int? State { get; set; }

    public string TransitionData { get; set; }
}
