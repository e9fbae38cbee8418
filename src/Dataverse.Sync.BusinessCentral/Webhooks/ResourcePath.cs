namespace Dataverse.Sync.BusinessCentral;

/// <summary>Compares the ways in which the service and its clients write a resource.</summary>
internal static class ResourcePath
{
    /// <summary>Whether a text is about an entity set or one of its records.</summary>
    /// <remarks>
    /// The text is relative or absolute, and a notification appends the key of the record, or a filter on the set.
    /// </remarks>
    /// <param name="text">The text.</param>
    /// <param name="apiPath">The path of the API, such as <c>api/v2.0</c>.</param>
    /// <param name="entitySet">The entity set.</param>
    /// <param name="company">The company, or null while it is not known.</param>
    public static bool IsAbout(string text, string apiPath, string entitySet, Guid? company)
    {
        const string Companies = "/companies(";
        const string End = ")/";
        var start = text.IndexOf(apiPath + Companies, StringComparison.OrdinalIgnoreCase);
        if (start < 0 || (start > 0 && text[start - 1] != '/'))
        {
            return false;
        }

        var rest = text.AsSpan(start + apiPath.Length + Companies.Length);
        var end = rest.IndexOf(End, StringComparison.Ordinal);
        if (end < 0 || !Guid.TryParse(rest[..end], out var id) || (company is { } known && id != known))
        {
            return false;
        }

        rest = rest[(end + End.Length)..];
        return rest.StartsWith(entitySet, StringComparison.OrdinalIgnoreCase)
            && (rest.Length == entitySet.Length || rest[entitySet.Length] is '(' or '?');
    }
}
