namespace Dataverse.Sync.BusinessCentral;

/// <summary>The answer to one part of a batch.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON of the body, empty where there is none; valid as long as the batch's answer.</param>
internal sealed record BatchResponse(int Status, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
