using System.Text.RegularExpressions;
using Dataverse.Sync.Hosting;

namespace Dataverse.Sync.Configuration;

/// <summary>Collects the problems of an engine, and names the keys of those that the parts of the engine found.</summary>
internal sealed partial class KeyedProblems(SectionSetup setup)
{
    private const string BusinessCentralPrefix = "Business Central: ";

    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>All problems, each once.</summary>
    public List<string> All { get; } = [];

    /// <summary>Adds problems that name their keys.</summary>
    public void Add(IEnumerable<string> problems) => Add(problems, problem => problem);

    /// <summary>Adds problems of the settings of the job queue.</summary>
    public void AddQueue(IEnumerable<string> problems) => Add(problems, QueueProblem);

    /// <summary>Makes a part of the engine, and adds what it says.</summary>
    /// <param name="part">The part of the section from which it is made, or null for the engine as a whole.</param>
    /// <param name="make">Makes the part.</param>
    public void Try(string? part, Action make)
    {
        try
        {
            make();
        }
        catch (SyncConfigurationException failure)
        {
            Add(failure.Problems, problem => part is null ? problem : PartProblem(setup.KeyOf(part), problem));
        }
    }

    /// <summary>Changes a job queue, and adds what it says.</summary>
    /// <param name="change">Changes the job queue.</param>
    public void TryQueue(Action change)
    {
        try
        {
            change();
        }
        catch (SyncConfigurationException failure)
        {
            AddQueue(failure.Problems);
        }
    }

    private void Add(IEnumerable<string> problems, Func<string, string> describe) =>
        All.AddRange(problems.Where(known.Add).Select(describe));

    // A connector names the property first, as in "PageSize is 0 but must be between 1 and 20000."
    private static string PartProblem(string key, string problem)
    {
        var text = problem.StartsWith(BusinessCentralPrefix, StringComparison.Ordinal)
            ? problem[BusinessCentralPrefix.Length..]
            : problem;
        if (text.StartsWith(key, StringComparison.Ordinal))
        {
            return text;
        }

        return PropertyFirst().Match(text) is { Success: true } match
            ? $"{key}:{match.Groups[1].Value}{text[match.Length..]}"
            : $"{key}: {text}";
    }

    private string QueueProblem(string problem)
    {
        var key = setup.KeyOf(nameof(SyncSettings.JobQueue));
        if (UnknownMapping().Match(problem) is { Success: true } unknown)
        {
            return $"{key}:{nameof(JobQueueOptions.Entries)}:{unknown.Groups[1].Value} names a mapping that does not exist.";
        }

        var entries = setup.Settings.JobQueue!.Entries.Keys.Order(StringComparer.Ordinal).ToList();
        return QueueProperty().Replace(problem, match =>
        {
            var property = match.Groups[1].Value.Replace('.', ':');
            var entry = IndexedEntry().Replace(
                property, index => $":{entries[int.Parse(index.Groups[1].ValueSpan, provider: null)]}");
            return $"{key}:{entry}";
        });
    }

    [GeneratedRegex(@"^(?:\w+Options\.)?([A-Z][A-Za-z]+)(?= (?:is|has|must)\b)")]
    private static partial Regex PropertyFirst();

    [GeneratedRegex(@"^A job queue entry names mapping '(.*)', which does not exist\.$")]
    private static partial Regex UnknownMapping();

    [GeneratedRegex(@"^JobQueueOptions\.([\w.\[\]]+)")]
    private static partial Regex QueueProperty();

    [GeneratedRegex(@"\[(\d+)\]")]
    private static partial Regex IndexedEntry();
}
