namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One decoded segment of a resource path: a name with an optional key in parentheses.</summary>
internal sealed record PathSegment(string Name, string? Key)
{
    public static PathSegment Parse(string raw)
    {
        var text = Uri.UnescapeDataString(raw);
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return new PathSegment(text, null);
        }

        if (text[^1] != ')')
        {
            throw Errors.InvalidUrl("The segment has an opening parenthesis but does not end in a closing one.");
        }

        return new PathSegment(text[..open], text[(open + 1)..^1]);
    }

    /// <summary>The key as the id of a record. API pages have no other keys.</summary>
    public static Guid RecordId(string name, string? key) => Guid.TryParseExact(key, "D", out var id)
        ? id
        : throw Errors.InvalidUrl($"The key of the segment '{name}' is no GUID.");

    public Guid RecordId() => RecordId(Name, Key);

    public Guid? RecordIdOrNull() => Key is null ? null : RecordId();
}
