using Microsoft.Extensions.Configuration;

namespace Dataverse.Sync.Configuration;

/// <summary>What a section says, and what is wrong with it.</summary>
internal sealed class SectionSetup
{
    private readonly List<string> problems = [];

    /// <summary>Reads a section.</summary>
    public SectionSetup(IConfigurationSection section)
    {
        Section = section;
        Settings = SectionReading.Read(section, problems);
        if (Settings.JobQueue is { } queue)
        {
            TimeZones.Check(queue, KeyOf(nameof(Settings.JobQueue)), problems);
        }

        CheckSignIn(Settings.BusinessCentral, nameof(Settings.BusinessCentral));
        CheckSignIn(Settings.Dataverse, nameof(Settings.Dataverse));
        var validation = new SyncSettingsValidator().Validate(section.Path, Settings);
        problems.AddRange((validation.Failures ?? []).Select(failure => RequiredKey.Describe(section.Path, failure))
            .Where(problem => !problems.Contains(problem)));
    }

    /// <summary>The section.</summary>
    public IConfigurationSection Section { get; }

    /// <summary>The settings without those that have a problem.</summary>
    public SyncSettings Settings { get; }

    /// <summary>The problems, each with its key.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>The key of a part of the section.</summary>
    public string KeyOf(string part) => ConfigurationPath.Combine(Section.Path, part);

    private void CheckSignIn(IConnectionSettings? settings, string part)
    {
        if (settings is { AccessTokenFrom: not null, Credential: not null })
        {
            problems.Add($"{KeyOf(part)} names both an {nameof(settings.AccessTokenFrom)} and a {nameof(settings.Credential)}.");
        }
    }
}
