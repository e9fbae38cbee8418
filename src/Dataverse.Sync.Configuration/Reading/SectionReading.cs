using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace Dataverse.Sync.Configuration;

/// <summary>Binds a section to its settings, and finds every key that is unknown or has a value of the wrong kind.</summary>
/// <remarks>
/// The binder stops at the first such key. So each key is first bound alone, and then all that are right together.
/// </remarks>
internal static class SectionReading
{
    // The members of the document with the mappings, which has a reader of its own.
    private static readonly string[] MappingParts = ["$schema", "version", "standardMappings", "mappings"];

    private const string NoMember = "?";

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="problems">Receives the problems, each with its key.</param>
    /// <returns>The settings without those that have a problem.</returns>
    public static SyncSettings Read(IConfigurationSection section, ICollection<string> problems)
    {
        var right = new List<KeyValuePair<string, string?>>();
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true).Where(setting => !IsOfMappings(setting.Key)))
        {
            // A later source cannot take a key back, but it can empty it, which restores the default.
            if (value is null || (TryBind(key, value, $"{section.Path}:{key}", problems) && value.Length > 0))
            {
                right.Add(new(key, value));
            }
        }

        var settings = Bind(right);
        AddEmptyParts(section, settings);
        return settings;
    }

    /// <summary>The settings that belong to the document with the mappings.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> MappingSettings(IConfigurationSection section) =>
        [.. section.AsEnumerable().Where(setting => setting.Key.Length > section.Path.Length
            && IsOfMappings(setting.Key[(section.Path.Length + 1)..]))];

    private static bool IsOfMappings(string key) =>
        MappingParts.Contains(key.Split(ConfigurationPath.KeyDelimiter)[0], StringComparer.OrdinalIgnoreCase);

    private static bool TryBind(string key, string value, string path, ICollection<string> problems)
    {
        var problem = FailureOf(key, value) is { } failure ? BindingFailure.Describe(path, failure) : Misread(key, value, path);
        if (problem is not null)
        {
            problems.Add(problem);
        }

        return problem is null;
    }

    // The binder ignores the value of a key that has members, and accepts any number for an enumeration, and for a time as a
    // number of days. The kind of a key follows from how the binder refuses a member of it, or a text that is no value at all.
    private static string? Misread(string key, string value, string path)
    {
        if (value.Length > 0 && FailureOf($"{key}:{NoMember}", value) is { InnerException: null })
        {
            return $"{path} must have members of its own.";
        }

        return long.TryParse(value, out _) && FailureOf(key, NoMember) is { } refusal && BindingFailure.RefusesNumbers(refusal)
            ? BindingFailure.Describe(path, refusal)
            : null;
    }

    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "Whatever the binder throws is about the key.")]
    private static Exception? FailureOf(string key, string value)
    {
        try
        {
            _ = Bind([new(key, value)]);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static SyncSettings Bind(IEnumerable<KeyValuePair<string, string?>> keys)
    {
        var settings = new SyncSettings();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(keys).Build();
        configuration.Bind(settings, options => options.ErrorOnUnknownConfiguration = true);
        return settings;
    }

    // The binder skips an empty object, which means a part with all its defaults.
    private static void AddEmptyParts(IConfigurationSection section, SyncSettings settings)
    {
        var present = section.GetChildren().Select(child => child.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        settings.BusinessCentral ??= present.Contains(nameof(settings.BusinessCentral)) ? new() : null;
        settings.Dataverse ??= present.Contains(nameof(settings.Dataverse)) ? new() : null;
        settings.Store ??= present.Contains(nameof(settings.Store)) ? new() : null;
        settings.Engine ??= present.Contains(nameof(settings.Engine)) ? new() : null;
        settings.JobQueue ??= present.Contains(nameof(settings.JobQueue)) ? new() : null;
    }
}
