using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>What tests of bad files have in common: two services with work to do, and the last word of a run over a good file.</summary>
internal static class BadFileBench
{
    private const int Subjects = 120;
    private const int Seed = 20260303;

    /// <summary>Starts both services with a hundred records to synchronize.</summary>
    public static async Task<(Bench Bench, People People)> StartAsync(bool withPartners = false)
    {
        var bench = await Bench.StartAsync(withPartners);
        var people = new People(bench, Subjects, new(Seed));
        people.Settle();
        return (bench, people);
    }

    /// <summary>Right after a run that the store ended: nothing was sent that the journal does not know.</summary>
    public static async Task ShouldKnowWhatWasSentAsync(Bench bench, People people)
    {
        var findings = await Findings.CompareAsync(bench, bench.Settings, people.Subjects);
        findings.MadeAndNotCoupled.Should().BeLessThanOrEqualTo(findings.Intents, "a record is made after its journal entry only");
        findings.Duplicates.Should().Be(0);
        findings.Couplings.Should().BeLessThan(people.Subjects.Count, "the run was to end in the middle");
    }

    /// <summary>Lets a worker do all that is left, and compares.</summary>
    public static async Task ShouldBeCompletedAsync(Bench bench, People people)
    {
        using var worker = WorkerProcess.Start(bench.Settings with { Task = WorkerTask.UntilQuiet });
        var exit = await worker.WaitAsync();
        exit.ExitCode.Should().Be(ExitCode.Done, exit.ToString());
        await ShouldBeEqualAsync(bench, people);
    }

    public static async Task ShouldBeEqualAsync(Bench bench, People people)
    {
        var findings = await Findings.CompareAsync(bench, bench.Settings, people.Subjects);
        findings.Problems.Should().BeEmpty();
        findings.Couplings.Should().BeGreaterThan(people.Subjects.Count);
    }
}
