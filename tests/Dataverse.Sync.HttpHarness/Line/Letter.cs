using System.Text;

namespace Dataverse.Sync.HttpHarness;

/// <summary>A copy of a request, which can be sent any number of times.</summary>
internal sealed partial class Letter
{
    private readonly HttpRequestMessage original;
    private readonly byte[]? body;

    private Letter(SyncSide side, HttpRequestMessage original, byte[]? body)
    {
        (Side, this.original, this.body) = (side, original, body);
        Text = body is null ? string.Empty : Encoding.UTF8.GetString(body);
        IsBatch = Path.EndsWith("$batch", StringComparison.Ordinal);
        IsWrite = IsBatch ? WritingPart().IsMatch(Text) : original.Method != HttpMethod.Get;
        IsReadById = !IsWrite && (IdCondition().IsMatch(PathAndQuery) || IdCondition().IsMatch(Text));
        CreatesInBusinessCentral = side == SyncSide.Local
            && (IsBatch ? CreatingPart().IsMatch(Text) : original.Method == HttpMethod.Post);
    }

    public SyncSide Side { get; }

    public string Method => original.Method.Method;

    public string Path => original.RequestUri!.AbsolutePath;

    public string PathAndQuery => original.RequestUri!.PathAndQuery;

    /// <summary>What the request is about, without what differs between two runs of a history: the port and boundaries.</summary>
    public string Subject => Boundary().Replace(PathAndQuery + Text, string.Empty);

    public bool IsBatch { get; }

    public bool IsWrite { get; }

    /// <summary>Whether the request asks for records by their ids, or for ids, to learn whether they still exist.</summary>
    public bool IsReadById { get; }

    /// <summary>Whether Business Central would create a second record if the request were executed twice.</summary>
    public bool CreatesInBusinessCentral { get; }

    /// <summary>The body as text; empty for none.</summary>
    public string Text { get; }

    public static async Task<Letter> CopyAsync(
        SyncSide side, HttpRequestMessage request, CancellationToken cancellationToken) =>
        new(side, request, request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken));

    /// <summary>Whether this request names a record that another one names, too.</summary>
    public bool NamesOneOf(Letter other) => RecordId().Matches(other.PathAndQuery + other.Text)
        .Any(id => (PathAndQuery + Text).Contains(id.Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether this request names a record.</summary>
    public bool Names(Guid record) => (PathAndQuery + Text).Contains(record.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <summary>A message with the copied content.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(original.Method, original.RequestUri);
        foreach (var header in original.Headers)
        {
            _ = message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (body is not null)
        {
            message.Content = new ByteArrayContent(body);
            foreach (var header in original.Content!.Headers)
            {
                _ = message.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return message;
    }

    [System.Text.RegularExpressions.GeneratedRegex(
        "\"method\"\\s*:\\s*\"(POST|PATCH|DELETE)\"|\n(POST|PATCH|PUT|DELETE) [^\r\n]+ HTTP/1\\.1")]
    private static partial System.Text.RegularExpressions.Regex WritingPart();

    [System.Text.RegularExpressions.GeneratedRegex(
        "select=(id|accountid|contactid|new_thingid)&|filter=id(%20|\\s)eq|PropertyName(%3D|=)(%27|')(accountid|contactid|new_thingid)")]
    private static partial System.Text.RegularExpressions.Regex IdCondition();

    [System.Text.RegularExpressions.GeneratedRegex("--(batch|changeset)_[0-9a-f-]+|deltatoken=[^&]*|W/[^ ,}]+|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.%A]+Z|http://127.0.0.1:[0-9]+")]
    private static partial System.Text.RegularExpressions.Regex Boundary();

    // The company is part of every address of Business Central.
    [System.Text.RegularExpressions.GeneratedRegex("(?<!companies\\()[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial System.Text.RegularExpressions.Regex RecordId();

    [System.Text.RegularExpressions.GeneratedRegex("\"method\"\\s*:\\s*\"POST\"|\nPOST [^\r\n]+ HTTP/1\\.1")]
    private static partial System.Text.RegularExpressions.Regex CreatingPart();
}
