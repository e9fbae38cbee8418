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
    public Guid RecordId() => RecordId(Key, null);

    /// <summary>The key as the id of a record of a page, with or without the name of the key property.</summary>
    public Guid RecordId(PageSchema page) => RecordId(Key, page.IdField.Name + "=");

    public Guid? RecordIdOrNull(PageSchema page) => Key is null ? null : RecordId(page);

    private Guid RecordId(string? key, string? prefix)
    {
        var value = prefix is not null && key?.StartsWith(prefix, StringComparison.Ordinal) == true
            ? key[prefix.Length..]
            : key;
        return Guid.TryParseExact(value, "D", out var id)
            ? id
            : throw Errors.InvalidUrl($"The key of the segment '{Name}' is no GUID.");
    }
}
