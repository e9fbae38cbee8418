namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Headers and body of one part; the body holds one character for each byte.</summary>
internal sealed record MultipartPart(IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
