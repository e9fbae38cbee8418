using System.Globalization;

namespace Dataverse.Sync;

/// <summary>
/// Collects the problems of a set of options, one sentence each: the property, its value, and the rule that it breaks.
/// </summary>
/// <param name="subject">The text before each property's name.</param>
internal sealed class OptionProblems(string subject)
{
    private readonly List<string> sentences = [];

    public IReadOnlyList<string> Sentences => sentences;

    public void Add(string sentence) => sentences.Add(subject + sentence);

    /// <summary>Adds whole sentences, without the text before each property's name.</summary>
    public void AddRange(IEnumerable<string> whole) => sentences.AddRange(whole);

    public void RequirePresent(object? value, string property)
    {
        if (value is null)
        {
            Add($"{property} is null; it must be set.");
        }
    }

    /// <summary>Requires a list without null elements.</summary>
    public void RequireElements<T>(IReadOnlyList<T>? list, string property)
        where T : class?
    {
        RequirePresent(list, property);
        for (var index = 0; index < (list?.Count ?? 0); index++)
        {
            RequirePresent(list![index], $"{property}[{index}]");
        }
    }

    public void RequireText(string? value, string property)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add($"{property} is {(value is null ? "null" : $"'{value}'")}; it must not be empty.");
        }
    }

    // A number that is not one compares as less than every other.
    public void RequireRange<T>(T value, T least, T greatest, string property)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(greatest) > 0)
        {
            Add(string.Create(
                CultureInfo.InvariantCulture, $"{property} is {value}; it must be from {least} to {greatest}."));
        }
    }

    public void RequireLeast<T>(T value, T least, string property)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"{property} is {value}; it must be at least {least}."));
        }
    }

    public void RequireDefined<T>(T value, string property)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Add($"{property} is {value}; it must be a value of {typeof(T).Name}.");
        }
    }

    /// <exception cref="SyncConfigurationException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (sentences.Count > 0)
        {
            throw new SyncConfigurationException(sentences);
        }
    }
}
