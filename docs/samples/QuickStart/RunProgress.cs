using Dataverse.Sync;
using Spectre.Console;

namespace QuickStart;

/// <summary>One progress bar for each mapping, updated by the progress reports of the engine.</summary>
internal sealed class RunProgress : IProgress<SyncProgress>
{
    private readonly Dictionary<string, ProgressTask> bars = [];

    /// <param name="context">The context that draws the bars.</param>
    /// <param name="mappings">The mappings, with the number of records that the two services hold for each.</param>
    public RunProgress(ProgressContext context, IEnumerable<(string Mapping, int Records)> mappings)
    {
        foreach (var (mapping, records) in mappings)
        {
            bars[mapping] = context.AddTask(mapping, maxValue: Math.Max(records, 1));
        }
    }

    public void Report(SyncProgress value)
    {
        var bar = bars[value.Mapping];
        bar.Value = value.Stage == SyncStage.Finished ? bar.MaxValue : Math.Min(value.RecordsRead, bar.MaxValue);
    }
}
