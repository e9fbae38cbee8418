namespace Dataverse.Sync.Configuration;

/// <summary>Adds to an engine what its section says, except for the mappings.</summary>
internal static class EngineParts
{
    /// <summary>Registers the parts with the builder.</summary>
    public static void Apply(SyncBuilder builder, SectionSetup setup)
    {
        var settings = setup.Settings;
        if (settings.BusinessCentral is { } local)
        {
            var path = setup.KeyOf(nameof(settings.BusinessCentral));
            _ = builder.UseBusinessCentral((options, provider) => BusinessCentralSetup.Apply(options, local, path, provider));
        }

        if (settings.Dataverse is { } integration)
        {
            var path = setup.KeyOf(nameof(settings.Dataverse));
            _ = builder.UseDataverseWebApi((options, provider) => DataverseSetup.Apply(options, integration, path, provider));
        }

        if (settings.Store is { } store)
        {
            StoreSetup.Apply(builder, store, setup.KeyOf(nameof(settings.Store)));
        }

        if (settings.Engine is { } values)
        {
            _ = builder.Configure(options => EngineSetup.Apply(options, values));
        }

        if (settings.JobQueue is { } queue)
        {
            _ = builder.AddJobQueue(options => JobQueueSetup.Apply(options, queue));
        }
    }
}
