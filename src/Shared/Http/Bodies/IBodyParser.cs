namespace Dataverse.Sync.Http;

/// <summary>Reads a body while it arrives.</summary>
internal interface IBodyParser
{
    /// <summary>Reads the next part of the body.</summary>
    /// <param name="bytes">What was left over the last time, and what has arrived since.</param>
    /// <param name="isLast">Whether the body ends with these bytes.</param>
    /// <returns>How many of the bytes were read. The others are given again, together with more.</returns>
    int Read(ReadOnlySpan<byte> bytes, bool isLast);
}
