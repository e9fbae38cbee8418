namespace Dataverse.Sync.Testing;

/// <summary>An error that rejects a write; see <see cref="DataverseWriteRules.Reject"/>. Immutable.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The error code: <c>0x</c> and eight hexadecimal digits.</param>
/// <param name="Message">The message of the error body.</param>
public sealed record DataverseRejection(int Status, string Code, string Message)
{
    /// <summary>The number of writes that are rejected. Default <see cref="int.MaxValue"/> for all.</summary>
    public int Strikes { get; private init; } = int.MaxValue;

    /// <summary>A plug-in of the customer refuses the write with its own message: 400, <c>0x80040265</c>.</summary>
    /// <param name="message">The message.</param>
    /// <returns>A rejection of every matching write.</returns>
    public static DataverseRejection PlugIn(string message) => new(400, "0x80040265", message);

    /// <summary>
    /// The database has chosen the write as the victim of a deadlock: <c>0x80044150</c>, SQL error 1205.
    /// </summary>
    /// <param name="status">The HTTP status. Default 500.</param>
    /// <returns>A rejection of every matching write.</returns>
    public static DataverseRejection Deadlock(int status = 500) => new(
        status, "0x80044150",
        "Generic SQL error. CRM ErrorCode: -2147204784 Sql ErrorCode: -2146232060 Sql Number: 1205");

    /// <summary>The database command has timed out: <c>0x80044151</c>.</summary>
    /// <param name="status">The HTTP status. Default 500.</param>
    /// <returns>A rejection of every matching write.</returns>
    public static DataverseRejection SqlTimeout(int status = 500) => new(status, "0x80044151", "SQL timeout expired.");

    /// <summary>
    /// A single write is throttled with 429, even as a part of a batch whose other parts succeed. It is unverified
    /// whether the service does this.
    /// </summary>
    /// <returns>A rejection of every matching write.</returns>
    public static DataverseRejection Throttled() =>
        new(429, "0x80072322", "Number of requests exceeded the limit of 6000 over time window of 300 seconds.");

    /// <summary>Limits the rejection to the first matching writes.</summary>
    /// <param name="writes">The number of writes.</param>
    /// <returns>The changed copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public DataverseRejection Times(int writes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(writes);
        return this with { Strikes = writes };
    }
}
