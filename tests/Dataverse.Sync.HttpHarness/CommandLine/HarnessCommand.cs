using System.Diagnostics;
using System.Globalization;

namespace Dataverse.Sync.HttpHarness;

/// <summary>The console: <c>--histories N --seed S</c> runs histories, <c>--replay SEED</c> prints one.</summary>
internal sealed class HarnessCommand(TextWriter output)
{
    private const string Usage = "--histories <number> [--seed <first seed>] | --replay <seed>";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (Value(arguments, "--replay") is { } replay)
        {
            var outcome = await History.RunAsync(replay);
            await output.WriteLineAsync(outcome.Print());
            return outcome.Failed ? 1 : 0;
        }

        if (Value(arguments, "--histories") is { } histories)
        {
            return await RunManyAsync(Value(arguments, "--seed") ?? 1, histories);
        }

        await output.WriteLineAsync(Usage);
        return 2;
    }

    private static int? Value(IReadOnlyList<string> arguments, string name)
    {
        var index = arguments.ToList().IndexOf(name);
        return index >= 0 && index + 1 < arguments.Count && int.TryParse(arguments[index + 1], CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    private async Task<int> RunManyAsync(int first, int histories)
    {
        var watch = Stopwatch.StartNew();
        var failures = 0;
        for (var seed = first; seed < first + histories; seed++)
        {
            var outcome = await History.RunAsync(seed);
            if (outcome.Failed)
            {
                failures++;
                await output.WriteLineAsync($"Seed {seed}: {string.Join(Environment.NewLine, outcome.Violations)}");
            }
        }

        await output.WriteLineAsync($"{histories} histories from seed {first}, {failures} failures, {watch.Elapsed.TotalSeconds:0} s.");
        return failures == 0 ? 0 : 1;
    }
}
