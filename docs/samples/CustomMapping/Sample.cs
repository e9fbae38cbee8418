using System.Text.RegularExpressions;
using Dataverse.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace CustomMapping;

/// <summary>Synchronizes a table of your own with mappings from a JSON file.</summary>
internal static partial class Sample
{
    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var dataverse = Systems.Dataverse();
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(sync => sync
            .UseLocal(_ => Systems.BusinessCentral())
            .UseIntegration(_ => dataverse)
            .UseInMemoryStore()
            .AddTransformation(TransformationRules.Custom("SingleSpaces", ToSingleSpaces, TransformationLoss.Form))
            .AddMappingsFromJson(Path.Combine(AppContext.BaseDirectory, "sync.json")));
        await using var provider = services.BuildServiceProvider();
        var engine = provider.GetRequiredService<SyncEngine>();

        var jobs = await engine.SynchronizeFullAsync(cancellationToken: cancellationToken);
        foreach (var job in jobs)
        {
            output.WriteLine($"{job.Key.Mapping}: {job.Counters.Inserted} inserted, {job.Counters.Failed} failed");
        }

        foreach (var project in dataverse["new_project"].Records)
        {
            output.WriteLine(string.Join(
                " | ", project["new_number"], project["new_name"], project["new_paymentterms"], project["new_stage"],
                project["new_board"]));
        }

        foreach (var missing in await engine.Choices.ListMissingAsync("PROJECT", cancellationToken))
        {
            output.WriteLine($"{missing.Side} has no option for '{missing.Label}'.");
        }

        var again = await engine.SynchronizeModifiedAsync(cancellationToken: cancellationToken);
        output.WriteLine($"A second run changed {again.Sum(job => job.Counters.Inserted + job.Counters.Modified)} records.");
    }

    private static FieldValue ToSingleSpaces(FieldValue value) => FieldValue.Text(Spaces().Replace(value.ToString(), " "));

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
