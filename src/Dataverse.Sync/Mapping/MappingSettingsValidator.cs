namespace Dataverse.Sync;

/// <summary>Checks the settings of a mapping without either system's schema.</summary>
internal static class MappingSettingsValidator
{
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromDays(3650);

    /// <summary>Returns the problems of a mapping, one sentence each.</summary>
    public static IReadOnlyList<string> FindProblems(IIntegrationTableMapping mapping)
    {
        var problems = new OptionProblems($"Mapping '{mapping.Name}': ");
        CheckPolicies(problems, mapping);
        CheckRetries(problems, mapping.RetryPolicy);
        foreach (var field in mapping.Fields)
        {
            CheckField(problems, field);
        }

        CheckTemplates(problems, mapping.Templates);
        for (var index = 0; index < mapping.MatchGroups.Count; index++)
        {
            CheckMatchGroup(problems, mapping.MatchGroups[index], $"match group {index + 1}");
        }

        return problems.Sentences;
    }

    /// <summary>Checks a mapping: first that nothing is missing, then its settings.</summary>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="place">The text that precedes a property that is missing, since the mapping may have no name.</param>
    public static void Check(OptionProblems problems, IIntegrationTableMapping mapping, string place)
    {
        var known = problems.Sentences.Count;
        CheckPresence(problems, mapping, place);
        if (problems.Sentences.Count == known)
        {
            problems.AddRange(FindProblems(mapping));
        }
    }

    private static void CheckPresence(OptionProblems problems, IIntegrationTableMapping mapping, string place)
    {
        problems.RequireText(mapping.Name, $"{place}{nameof(mapping.Name)}");
        problems.RequireElements(mapping.Fields, $"{place}{nameof(mapping.Fields)}");
        problems.RequireElements(mapping.MatchGroups, $"{place}{nameof(mapping.MatchGroups)}");
        problems.RequireElements(mapping.Templates, $"{place}{nameof(mapping.Templates)}");
        problems.RequireElements(mapping.Dependencies, $"{place}{nameof(mapping.Dependencies)}");
        problems.RequireElements(mapping.Rules, $"{place}{nameof(mapping.Rules)}");
        problems.RequirePresent(mapping.RetryPolicy, $"{place}{nameof(mapping.RetryPolicy)}");
    }

    private static void CheckPolicies(OptionProblems problems, IIntegrationTableMapping mapping)
    {
        problems.RequireDefined(mapping.Direction, "the direction");
        problems.RequireDefined(mapping.UpdateConflictPolicy, "the update-conflict policy");
        problems.RequireDefined(mapping.DeletionPolicy, "the deletion policy");
        problems.RequireDefined(mapping.CascadePolicy, "the cascade policy");
        problems.RequireDefined(
            mapping.OutsideFilterPolicy ?? OutsideFilterPolicy.Wait, "the policy for pairs outside the filter");
        problems.RequireDefined(mapping.DoubtfulMatchPolicy, "the policy for doubtful matches");
        problems.RequireRange(mapping.MaximumDeletionShare, 0, 1, "the maximum deletion share");
        problems.RequireLeast(mapping.DeletionScanInterval, TimeSpan.Zero, "the deletion scan interval");
    }

    private static void CheckTemplates(OptionProblems problems, IReadOnlyList<RecordTemplate> templates)
    {
        foreach (var template in templates)
        {
            problems.RequireText(template.Name, "the name of a template");
            problems.RequireDefined(template.Target, $"the target of template '{template.Name}'");
            problems.RequireLeast(template.Priority, 0, $"the priority of template '{template.Name}'");
            problems.RequirePresent(template.Values, $"the values of template '{template.Name}'");
        }

        var twice = templates.GroupBy(template => template.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var group in twice.Where(group => group.Count() > 1))
        {
            problems.Add($"{group.Count()} templates are named '{group.Key}'.");
        }
    }

    private static void CheckRetries(OptionProblems problems, RetryPolicy? policy)
    {
        problems.RequirePresent(policy, "the retry policy");
        if (policy is null)
        {
            return;
        }

        problems.RequireLeast(policy.FirstDelay, TimeSpan.Zero, "the retry policy's first delay");
        problems.RequireRange(
            policy.LongestDelay, TimeSpan.Zero, LongestRetryDelay, "the retry policy's longest delay");
        problems.RequireLeast(policy.SkipAfterIdenticalFailures, 0, "the retry policy's number of identical failures");
        if (policy.FirstDelay > policy.LongestDelay && policy.LongestDelay >= TimeSpan.Zero)
        {
            problems.Add(
                $"the retry policy's first delay is {policy.FirstDelay}; "
                + $"it must not exceed the longest, {policy.LongestDelay}.");
        }
    }

    private static void CheckField(OptionProblems problems, IFieldMapping field)
    {
        problems.RequireDefined(field.Direction, $"the direction of field mapping '{field.Key}'");
        if (field.Key == default)
        {
            problems.Add(
                $"the key of the field mapping between '{field.LocalField}' and '{field.IntegrationField}' is ''; "
                + "it must not be empty.");
        }
    }

    private static void CheckMatchGroup(OptionProblems problems, MatchGroup group, string name)
    {
        problems.RequireElements(group.Fields, $"the fields of {name}");
        if (group.Fields is null)
        {
            return;
        }

        problems.RequireLeast(group.Fields.Count, 1, $"the number of fields of {name}");
        foreach (var field in group.Fields.Where(field => field is not null))
        {
            problems.RequireText(field.LocalField, $"a local field of {name}");
            problems.RequireText(field.IntegrationField, $"an integration column of {name}");
        }
    }
}
