namespace Dataverse.Sync.Simulation;

/// <summary>I23: what one mapping or record meets holds back nothing else.</summary>
internal static class Isolation
{
    /// <summary>Checks that a run in which the service refused one table completed the mappings that do not need the table.</summary>
    public static async ValueTask CheckAsync(World world, Company company, DateTimeOffset startedOn)
    {
        var process = world.ProcessOf(company);
        if (process.ForbiddenTable is not { } table || !process.IsAlive || company.Identities.HasStranger || !company.Setup.RunsAll)
        {
            return;
        }

        // A mapping stops by its own limit for deletions, whatever happens to another.
        var completed = (await process.ListJobsAsync(limit: 4))
            .Where(job => job.StartedOn >= startedOn && job.Status is SyncJobStatus.Finished or SyncJobStatus.Stopped)
            .Select(job => job.Key.Mapping)
            .ToHashSet();
        var settings = world.Settings;
        foreach (var mapping in IndependentOf(Tables.MappingOf(table))
            .Where(mapping => (mapping != Tables.Item || settings.HasItems) && (mapping != Tables.Contact || settings.HasContacts)))
        {
            if (!completed.Contains(mapping))
            {
                throw new InvariantViolationException("I23", $"Table {table} was refused, and {mapping} was not synchronized.");
            }
        }
    }

    private static string[] IndependentOf(string mapping) => mapping switch
    {
        Tables.Person => [Tables.Item],
        Tables.Customer => [Tables.Person, Tables.Item],
        Tables.Contact => [Tables.Person, Tables.Customer, Tables.Item],
        _ => [Tables.Person, Tables.Customer, Tables.Contact],
    };
}
