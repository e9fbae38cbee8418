namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Composes the full names of persons, as the organization's name convention says.</summary>
internal static class FullNames
{
    /// <summary>The full name, or null if no part has a value.</summary>
    /// <param name="convention">Value of <c>fullnameconventioncode</c> of the organization.</param>
    /// <param name="first">First name.</param>
    /// <param name="middle">Middle name.</param>
    /// <param name="last">Last name.</param>
    public static string? Compose(object? convention, string? first, string? middle, string? last) => convention switch
    {
        0 => Join(", ", last, first),
        1 => Join(" ", first, last),
        2 => Join(", ", last, Join(" ", first, Initial(middle))),
        3 => Join(" ", first, Initial(middle), last),
        4 => Join(", ", last, Join(" ", first, middle)),
        6 => Join(" ", last, first),
        7 => Join("", last, first),
        _ => Join(" ", first, middle, last),
    };

    private static string? Initial(string? part) => part is { Length: > 0 } ? part[..1] + "." : null;

    private static string? Join(string separator, params string?[] parts) =>
        string.Join(separator, parts.Where(part => part is not null)) is { Length: > 0 } text ? text : null;
}
