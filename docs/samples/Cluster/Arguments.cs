using System.Globalization;

namespace Cluster;

/// <summary>What the user wants.</summary>
/// <param name="ConnectionString">The connection string of the database.</param>
/// <param name="Workers">How many workers run at the same time.</param>
internal sealed record Arguments(string ConnectionString, int Workers)
{
    public const string Variable = "DATAVERSE_SYNC_POSTGRES";

    public const string Usage =
        $"""
        usage: Cluster [CONNECTION STRING] [--workers NUMBER]

          CONNECTION STRING  a PostgreSQL database in which the role may create a schema;
                             by default the variable {Variable}
          --workers NUMBER   how many worker processes run at the same time, 2 to 9; by default 3

        The sample makes a schema of its own and drops it at its end. `.ci/postgres start FOLDER` starts a private server,
        if PostgreSQL is installed, and prints its connection string; `.ci/postgres stop FOLDER` stops it.
        """;

    private const int DefaultWorkers = 3;
    private const int LeastWorkers = 2;
    private const int MostWorkers = 9;

    /// <exception cref="UsageException">The arguments are wrong, or no database is named.</exception>
    public static Arguments Parse(IReadOnlyList<string> arguments, string? variable)
    {
        var (connectionString, workers) = (variable, DefaultWorkers);
        for (var index = 0; index < arguments.Count; index++)
        {
            if (arguments[index] == "--workers")
            {
                workers = ParseWorkers(arguments.ElementAtOrDefault(++index));
            }
            else if (arguments[index].StartsWith('-'))
            {
                throw new UsageException($"'{arguments[index]}' is not an option.");
            }
            else
            {
                connectionString = arguments[index];
            }
        }

        return string.IsNullOrWhiteSpace(connectionString)
            ? throw new UsageException($"no PostgreSQL database is named, neither by an argument nor by the variable {Variable}.")
            : new(connectionString, workers);
    }

    private static int ParseWorkers(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= LeastWorkers and <= MostWorkers
            ? number
            : throw new UsageException($"--workers needs a number from {LeastWorkers} to {MostWorkers}.");
}
