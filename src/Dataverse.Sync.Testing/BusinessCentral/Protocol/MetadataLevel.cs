namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The parameter <c>odata.metadata</c> of the accepted media type.</summary>
internal enum MetadataLevel
{
    /// <summary>Without context, tags, and links, except the link to the next page.</summary>
    None,

    /// <summary>With context and tags.</summary>
    Minimal,

    /// <summary>Also with types and links.</summary>
    Full,
}

/// <summary>Reads and writes metadata levels.</summary>
internal static class Levels
{
    private const string Parameter = "odata.metadata=";

    /// <summary>The level that the header <c>Accept</c> names; minimal if it names none.</summary>
    public static MetadataLevel Of(string? accept)
    {
        var parameters = (accept ?? "").Split([';', ','], StringSplitOptions.TrimEntries).Select(
            text => text.Replace(" ", "", StringComparison.Ordinal));
        var named = parameters.FirstOrDefault(
            text => text.StartsWith(Parameter, StringComparison.OrdinalIgnoreCase))?[Parameter.Length..];
        return Enum.TryParse<MetadataLevel>(named, ignoreCase: true, out var level) && Enum.IsDefined(level)
            ? level
            : MetadataLevel.Minimal;
    }

    /// <summary>The name in media types.</summary>
    public static string Name(MetadataLevel level) => level switch
    {
        MetadataLevel.None => "none",
        MetadataLevel.Full => "full",
        _ => "minimal",
    };
}
