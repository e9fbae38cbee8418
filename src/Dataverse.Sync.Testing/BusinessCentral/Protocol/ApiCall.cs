using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One request, or one part of a batch, as the handlers see it.</summary>
internal sealed class ApiCall(EmulatorRequest request, ApiAddress address, Session session, Guid requestId)
{
    private IReadOnlyDictionary<string, string>? query;

    public EmulatorRequest Request { get; } = request;

    public ApiAddress Address { get; } = address;

    public Session Session { get; } = session;

    /// <summary>The value of the <c>request-id</c> header, which error messages call CorrelationId.</summary>
    public Guid RequestId { get; } = requestId;

    public string Method => Request.Method;

    /// <summary>Whether the call is one part of a batch.</summary>
    public bool IsPart { get; init; }

    /// <summary>How much control information the client wants beside the data.</summary>
    public MetadataLevel Level { get; } = Levels.Of(request.Header("Accept"));

    /// <summary>
    /// The data to read: the replica if the page asks for it, unless the client names the intent to write.
    /// </summary>
    public TenantState State(PageSchema page) =>
        page.Definition.ReadsReplica && !ReadIntent.IsReadWrite(Request) ? Session.OnReplica().State : Session.State;

    /// <summary>Decoded query options.</summary>
    public IReadOnlyDictionary<string, string> Query => query ??= ParseQuery();

    public string? Header(string name) => Request.Header(name);

    /// <summary>Whether header <c>Prefer</c> has this preference without a value, or with the given one.</summary>
    public bool Prefers(string preference) =>
        Preferences.Any(item => item.Equals(preference, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of a preference, or null.</summary>
    public string? Preference(string name) =>
        Preferences.FirstOrDefault(
            item => item.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..];

    /// <summary>Parses the body as a JSON object.</summary>
    /// <exception cref="BusinessCentralException">The body is not a JSON object, or is said to be something else.</exception>
    public JsonElement ReadBody()
    {
        if (Header("Content-Type") is { Length: > 0 } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            throw Errors.UnsupportedMediaType(type);
        }

        try
        {
            using var document = JsonDocument.Parse(Request.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw Errors.MalformedJson();
        }
        catch (JsonException)
        {
            throw Errors.MalformedJson();
        }
    }

    public BusinessCentralException NotAllowed() => Errors.MethodNotAllowed(Method);

    private IEnumerable<string> Preferences =>
        (Header("Prefer") ?? "").Split(
            [',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private IReadOnlyDictionary<string, string> ParseQuery()
    {
        try
        {
            return QueryOptions.Parse(Request.Query);
        }
        catch (ODataQueryException exception)
        {
            throw Errors.BadRequest(exception.Message);
        }
    }
}
