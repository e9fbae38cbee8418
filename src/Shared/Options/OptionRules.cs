namespace Dataverse.Sync.Shared;

/// <summary>Checks of single options. Each returns the problem as a sentence, or null when there is none.</summary>
internal static class OptionRules
{
    /// <summary>Checks that a value is within a range, both ends included.</summary>
    public static string? Outside<T>(string name, T value, T least, T greatest)
        where T : IComparable<T> =>
        value.CompareTo(least) < 0 || value.CompareTo(greatest) > 0
            ? $"{name} is {value} but must be between {least} and {greatest}."
            : null;

    /// <summary>Checks that a required value is set.</summary>
    public static string? Missing(string name, object? value) =>
        value is null || (value is string text && string.IsNullOrWhiteSpace(text)) ? $"{name} is missing." : null;

    /// <summary>Checks that an optional text is not empty.</summary>
    public static string? Blank(string name, string? value) =>
        value is not null && string.IsNullOrWhiteSpace(value)
            ? $"{name} must not be empty; null is the default."
            : null;

    /// <summary>Checks that a list of tables exists and contains no blank name.</summary>
    public static string? Tables(string name, IReadOnlyCollection<string>? tables) =>
        tables is null || tables.Any(string.IsNullOrWhiteSpace) ? $"{name} must name tables." : null;

    /// <summary>Checks an optional word that is sent with writes.</summary>
    public static string? Tag(string name, string? tag) =>
        tag is null || (tag.Length is > 0 and <= 100 && !tag.Any(char.IsControl))
            ? null
            : $"{name} must have 1 to 100 printable characters.";

    /// <summary>Checks that an enumeration has a defined value; combinations of flags are passed one by one.</summary>
    public static string? Undefined<T>(string name, T? value)
        where T : struct, Enum =>
        value is { } set && !Enum.IsDefined(set) ? $"{name} has the undefined value {set}." : null;
}
