namespace Dataverse.Sync.Testing;

/// <summary>An error that a write runs into; see <see cref="DataverseWriteRules.Reject"/>.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Error code, <c>0x</c> and eight hexadecimal digits.</param>
/// <param name="Message">Message of the error body.</param>
public sealed record DataverseRejection(int Status, string Code, string Message)
{
    /// <summary>How many writes are rejected. Default all.</summary>
    public int Strikes { get; private init; } = int.MaxValue;

    /// <summary>A customer's plug-in refuses with a message of its own: 400, <c>0x80040265</c>.</summary>
    public static DataverseRejection PlugIn(string message) => new(400, "0x80040265", message);

    /// <summary>
    /// The database chose the write as the victim of a deadlock: 500, <c>0x80044150</c>, SQL error 1205.
    /// </summary>
    public static DataverseRejection Deadlock(int status = 500) => new(
        status, "0x80044150",
        "Generic SQL error. CRM ErrorCode: -2147204784 Sql ErrorCode: -2146232060 Sql Number: 1205");

    /// <summary>The database took too long: 500, <c>0x80044151</c>.</summary>
    public static DataverseRejection SqlTimeout(int status = 500) => new(status, "0x80044151", "SQL timeout expired.");

    /// <summary>
    /// A single write is throttled, 429, also as a part of a batch whose other parts are not; whether the service does
    /// that is unverified.
    /// </summary>
    public static DataverseRejection Throttled() =>
        new(429, "0x80072322", "Number of requests exceeded the limit of 6000 over time window of 300 seconds.");

    /// <summary>Rejects only the first <paramref name="writes"/> writes that match.</summary>
    public DataverseRejection Times(int writes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(writes);
        return this with { Strikes = writes };
    }
}
