using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Dataverse.Sync.Simulation;

/// <summary>Plays histories over a mutant until one of them catches it.</summary>
internal sealed class MutantTrial(MutantCompiler compiler)
{
    /// <summary>Most mutants die in as many histories; the sweep is longer than that.</summary>
    private const int BeforeSweep = 5_000;

    /// <summary>Only histories with a coupling file meet what is planted in this assembly.</summary>
    private const string StoreAssembly = "Dataverse.Sync.Sqlite";

    /// <summary>Tries several mutants side by side.</summary>
    /// <param name="mutants">The mutants.</param>
    /// <param name="histories">How many random histories to play at most over each.</param>
    /// <param name="triesKnownSeeds">Whether the histories that are known to catch them are played first.</param>
    /// <param name="report">Is told of each outcome as soon as it is there.</param>
    /// <returns>The outcomes, in the order of the mutants.</returns>
    public IReadOnlyList<MutantOutcome> RunAll(IReadOnlyList<Mutant> mutants, int histories, bool triesKnownSeeds, Action<MutantOutcome>? report = null)
    {
        var outcomes = new MutantOutcome[mutants.Count];

        // One takes a hundred times as long as another, so that none is assigned before its turn.
        var turns = Partitioner.Create(Enumerable.Range(0, mutants.Count), EnumerablePartitionerOptions.NoBuffering);
        _ = Parallel.ForEach(turns, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            outcomes[index] = Run(mutants[index], histories, triesKnownSeeds);
            report?.Invoke(outcomes[index]);
        });
        return outcomes;
    }

    /// <summary>Plays the histories with several faults, then at most so many random ones, and after the first of them the sweep; answers what caught the mutant.</summary>
    /// <param name="mutant">The mutant.</param>
    /// <param name="histories">How many random histories to play at most; zero for neither these nor the sweep.</param>
    /// <param name="triesKnownSeed">Whether the history that is known to catch it is played first.</param>
    public MutantOutcome Run(Mutant mutant, int histories, bool triesKnownSeed = false)
    {
        var loaded = new LoadedMutant(mutant.Assembly, compiler.Compile(mutant));
        var keepsFile = mutant.Assembly == StoreAssembly;
        var (history, violation) = loaded.Catch(triesKnownSeed ? mutant.KnownSeed : null, histories, keepsFile);
        return new(mutant, history, violation);
    }

    /// <summary>The entry in the world in which the mutant is loaded; called by reflection.</summary>
    /// <param name="known">A seed to begin with; null for none.</param>
    /// <param name="histories">How many random histories to play at most, with the seeds from 1.</param>
    /// <param name="keepsFile">Whether the couplings are kept in an SQLite file.</param>
    /// <returns>The history that caught it and what was violated, or nothing.</returns>
    public static (string? History, string? Violation) Catch(int? known, int histories, bool keepsFile)
    {
        var few = Math.Min(histories, BeforeSweep);
        var found = (known is { } seed ? CatchAtRandom(seed, seed, keepsFile) : null)
            ?? CatchBy(ShortHistories.Combinations.Select(history => Kept(history, keepsFile)), "story");
        return found
            ?? (histories == 0 ? null : CatchAtRandom(1, few, keepsFile) ?? CatchBy(CrashSweep.Variants(keepsFile), "sweep") ?? CatchAtRandom(few + 1, histories, keepsFile))
            ?? default;
    }

    private static History Kept(History history, bool keepsFile) => history with { Settings = history.Settings with { KeepsFile = keepsFile } };

    private static (string? History, string? Violation)? CatchAtRandom(int first, int last, bool keepsFile)
    {
        for (var seed = first; seed <= last; seed++)
        {
            if (HistoryRunner.Run(Kept(HistoryGenerator.Create(seed), keepsFile)) is { } violation)
            {
                return ($"{seed}", violation.Invariant);
            }
        }

        return null;
    }

    private static (string? History, string? Violation)? CatchBy(IEnumerable<History> histories, string name) =>
        histories.Select(history => HistoryRunner.Run(history)).FirstOrDefault(violation => violation is not null) is { } found
            ? (name, found.Invariant)
            : null;

    // The library and the simulation once more, beside the ones that this code belongs to; everything else is shared. Not collectible: code that
    // was unloaded under a finalizer takes the process with it, and a few dozen small assemblies may stay.
    private sealed class LoadedMutant : AssemblyLoadContext
    {
        private static readonly string[] Own = ["Dataverse.Sync", "Dataverse.Sync.Testing", "Dataverse.Sync.Sqlite", "Dataverse.Sync.Simulation"];

        private readonly string mutated;
        private readonly byte[] image;

        public LoadedMutant(string mutated, byte[] image) => (this.mutated, this.image) = (mutated, image);

        public (string? History, string? Violation) Catch(int? known, int histories, bool keepsFile)
        {
            var trial = LoadFromAssemblyName(new(typeof(MutantTrial).Assembly.GetName().Name!)).GetType(typeof(MutantTrial).FullName!)!;
            return ((string?, string?))trial.GetMethod(nameof(MutantTrial.Catch), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [known, histories, keepsFile])!;
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == mutated)
            {
                return LoadFromStream(new MemoryStream(image));
            }

            return Own.Contains(assemblyName.Name) ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll")) : null;
        }
    }
}
