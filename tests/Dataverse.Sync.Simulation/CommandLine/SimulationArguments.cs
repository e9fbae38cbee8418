using System.Globalization;

namespace Dataverse.Sync.Simulation;

/// <summary>What the program was asked to do.</summary>
internal sealed record SimulationArguments
{
    public const string Usage = """
        Usage: --histories N [--seed S]     plays N histories with the seeds S, S + 1, …; S is 1 unless given
               --replay SEED                plays one history, shortened if it fails, and shows every call
               --sweep                      crashes, cancels, and loses answers at every call of a set of short histories
               --mutants [--histories N] [--only NAME,…]
                                            plants each known bug, or those named, whose known histories come first, and tells which
                                            seed catches it
        """;

    public int Histories { get; private init; } = 20_000;

    public int Seed { get; private init; } = 1;

    public int? Replay { get; private init; }

    public bool Sweeps { get; private init; }

    public bool Mutants { get; private init; }

    /// <summary>The mutants to plant; none for all.</summary>
    public IReadOnlyCollection<string> Only { get; private init; } = [];

    /// <exception cref="FormatException">The arguments make no sense.</exception>
    public static SimulationArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new SimulationArguments();
        for (var index = 0; index < arguments.Count; index++)
        {
            parsed = arguments[index] switch
            {
                "--histories" => parsed with { Histories = Number(arguments, ++index) },
                "--seed" => parsed with { Seed = Number(arguments, ++index) },
                "--replay" => parsed with { Replay = Number(arguments, ++index) },
                "--sweep" => parsed with { Sweeps = true },
                "--mutants" => parsed with { Mutants = true },
                "--only" => parsed with { Only = Names(arguments, ++index) },
                var other => throw new FormatException($"'{other}' is not known."),
            };
        }

        return arguments.Count > 0 ? parsed : throw new FormatException("Nothing to do.");
    }

    private static int Number(IReadOnlyList<string> arguments, int index) =>
        index < arguments.Count && int.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{arguments[index - 1]} needs a whole number.");

    private static string[] Names(IReadOnlyList<string> arguments, int index) =>
        index < arguments.Count ? arguments[index].Split(',') : throw new FormatException($"{arguments[index - 1]} needs names.");
}
