using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A complete response, buffered so that a fault can replace it after the work was committed.</summary>
internal record EmulatorResponse
{
    public required int Status { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The number of rows that this request inserted, changed or deleted and that remain committed.</summary>
    public int RowWrites { get; init; }

    public static EmulatorResponse Text(
        int status, string contentType, string body, IReadOnlyDictionary<string, string>? headers = null)
    {
        var all = new Dictionary<string, string>(
            headers ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = contentType,
        };
        return new EmulatorResponse { Status = status, Headers = all, Body = Encoding.UTF8.GetBytes(body) };
    }

    public EmulatorResponse WithHeader(string name, string value) =>
        this with
        {
            Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [name] = value },
        };
}
