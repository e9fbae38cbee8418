using System.Diagnostics;
using System.Globalization;

namespace Dataverse.Sync.Simulation;

/// <summary>Plays histories as the command line asks and writes what came of them.</summary>
/// <param name="output">Where to write.</param>
/// <param name="play">Plays a history; tests put another player in.</param>
internal sealed class SimulationCommand(TextWriter output, Func<History, Action<string>?, InvariantViolationException?> play)
{
    private const int ReportedFailures = 10;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(10);

    private readonly Lock writing = new();

    public SimulationCommand(TextWriter output)
        : this(output, HistoryRunner.Run)
    {
    }

    /// <summary>Answers the exit code: 0 when all is well, 1 when an invariant was violated, 2 for arguments that make no sense.</summary>
    public int Run(IReadOnlyList<string> arguments)
    {
        try
        {
            var parsed = SimulationArguments.Parse(arguments);
            return parsed switch
            {
                { Mutants: true } => RunMutants(parsed.Histories, parsed.Only),
                { Sweeps: true } => RunSweeps(),
                { Replay: { } seed } => Replay(seed),
                _ => RunHistories(parsed.Seed, parsed.Histories),
            };
        }
        catch (FormatException problem)
        {
            output.WriteLine(problem.Message);
            output.WriteLine(SimulationArguments.Usage);
            return 2;
        }
    }

    private int RunHistories(int first, int count)
    {
        var watch = Stopwatch.StartNew();
        var reported = watch.Elapsed;
        var played = 0;
        var failures = 0;
        // Without a limit, the thread pool adds threads that only take time from each other, because none of them waits.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        _ = Parallel.For(0, count, parallel, index =>
        {
            var history = HistoryGenerator.Create(unchecked(first + index));
            if (play(history, null) is { } violation && Interlocked.Increment(ref failures) <= ReportedFailures)
            {
                Report(history, violation);
            }

            _ = Interlocked.Increment(ref played);
            lock (writing)
            {
                if (watch.Elapsed - reported >= ProgressInterval)
                {
                    reported = watch.Elapsed;
                    Write($"{played} of {count} histories, {failures} failures");
                }
            }
        });
        return Finish("histories", count, failures, watch);
    }

    private int Replay(int seed)
    {
        var watch = Stopwatch.StartNew();
        var history = HistoryGenerator.Create(seed);
        var violation = play(history, null);
        if (violation is not null)
        {
            output.WriteLine(history);
            history = Report(history, violation);
        }

        _ = play(history, output.WriteLine);
        return Finish("histories", 1, violation is null ? 0 : 1, watch);
    }

    private int RunSweeps()
    {
        var watch = Stopwatch.StartNew();
        var (variants, failures) = (0, 0);
        foreach (var keepsFile in new[] { false, true })
        {
            foreach (var history in CrashSweep.Variants(keepsFile))
            {
                variants++;
                if (play(history, null) is { } violation && ++failures <= ReportedFailures)
                {
                    Report(history, violation);
                }
            }

            Write($"{variants} variants, {failures} failures");
        }

        return Finish("variants", variants, failures, watch);
    }

    private int RunMutants(int histories, IReadOnlyCollection<string> only)
    {
        var watch = Stopwatch.StartNew();
        var mutants = MutantCatalog.All.Where(mutant => only.Count == 0 || only.Contains(mutant.Name)).ToList();
        Write($"{"mutant",-26} {"seed",7} {"violates",-12} what is wrong");

        // A trial of all looks for histories anew. Who names some wants to know whether they are caught.
        var outcomes = new MutantTrial(new()).RunAll(mutants, histories, triesKnownSeeds: only.Count > 0, outcome =>
        {
            lock (writing)
            {
                Write($"{outcome.Mutant.Name,-26} {outcome.History ?? "missed",7} {outcome.Violation,-12} {outcome.Mutant.Effect}");
            }
        });
        return Finish("mutants", mutants.Count, outcomes.Count(outcome => !outcome.IsCaught), watch);
    }

    private History Report(History history, InvariantViolationException violation)
    {
        var smallest = Shrinker.Shrink(history, violation, candidate => play(candidate, null));
        lock (writing)
        {
            output.WriteLine();
            Write($"seed {history.Seed} violates {violation.Message}");
            output.WriteLine(smallest);
        }

        return smallest;
    }

    private int Finish(string what, int count, int failures, Stopwatch watch)
    {
        Write($"{what}={count} failures={failures} seconds={watch.Elapsed.TotalSeconds:0.0}");
        return failures == 0 ? 0 : 1;
    }

    private void Write(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
