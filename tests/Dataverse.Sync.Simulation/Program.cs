namespace Dataverse.Sync.Simulation;

internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments[0] == "mutants")
        {
            var trial = new MutantTrial(new());
            var w = System.Diagnostics.Stopwatch.StartNew();
            foreach (var mutant in MutantCatalog.All)
            {
                if (arguments.Length > 2 && !arguments.Skip(2).Contains(mutant.Name)) continue;
                try { var o = trial.Run(mutant, int.Parse(arguments[1])); Console.WriteLine($"{mutant.Name,-26} {(o.IsCaught ? o.Seed.ToString() : "MISSED"),8} {o.Violation} {w.Elapsed.TotalSeconds:0.0}"); }
                catch (Exception e) { Console.WriteLine($"{mutant.Name}: {e.Message}"); }
            }
            return 0;
        }
        var seed = int.Parse(arguments[0]);
        var count = int.Parse(arguments[1]);
        var failures = 0;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var only = arguments.Length > 2 ? arguments[2] : null;
        var shown = 0;
        var most = arguments.Length > 3 ? int.Parse(arguments[3]) : 3;
        for (var i = seed; i < seed + count; i++)
        {
            var history = HistoryGenerator.Create(i);
            var violation = await HistoryRunner.RunAsync(history);
            if (violation is not null)
            {
                failures++;
                if (only is not null && violation.Invariant != only && only != "all") { continue; }
                if (only is null) { Console.WriteLine($"{i}: {violation.Message[..Math.Min(200, violation.Message.Length)]}"); continue; }
                if (shown++ >= most) continue;
                var small = await Shrinker.ShrinkAsync(history, violation, h => HistoryRunner.RunAsync(h));
                Console.WriteLine($"=== {i}");
                Console.WriteLine(small);
                var again = await HistoryRunner.RunAsync(small, trace: Console.WriteLine);
                Console.WriteLine(again!.Message);
            }
        }
        Console.WriteLine($"histories={count} failures={failures} seconds={watch.Elapsed.TotalSeconds:0.0}");
        return failures > 0 ? 1 : 0;
    }
}
