using System.Diagnostics;
using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>What a comparison finds after a last worker ran until nothing was left to do.</summary>
internal sealed record Rest(Findings Findings, string Work)
{
    /// <summary>Runs a last worker, compares, and tells people that everything is coupled. Nobody else may be at work.</summary>
    public static async Task<Rest> FindAsync(Bench bench, People people)
    {
        var started = Stopwatch.StartNew();
        var settings = bench.Settings with { Task = WorkerTask.UntilQuiet };
        using var worker = WorkerProcess.Start(settings);
        var exit = await worker.WaitAsync();
        Assert.True(exit.ExitCode == ExitCode.Done, $"The last worker did not come to rest: {exit}");
        var findings = await Findings.CompareAsync(bench, settings, people.Subjects);
        people.LearnAll();
        var subjects = people.Subjects;
        return new(
            findings,
            $"made={subjects.Count} edits={subjects.Sum(subject => subject.EditCount)} deletions={subjects.Count(subject => subject.IsDeleted)} "
            + $"quietRounds={exit.Rounds} quietSeconds={started.Elapsed.TotalSeconds:0.0}");
    }

    public override string ToString() => $"{Work} {Findings}";
}
