using Dataverse.Sync.KillTests.Worker;
using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.KillTests;

/// <summary>What a comparison of both services, the coupling store, and people's memory brought to light.</summary>
internal sealed record Findings
{
    private const int MostProblemsTold = 30;

    public required IReadOnlyList<string> Problems { get; init; }

    public required int LocalRecords { get; init; }

    public required int IntegrationRecords { get; init; }

    public required int Couplings { get; init; }

    public required int Conflicts { get; init; }

    public required int Duplicates { get; init; }

    public required int Orphans { get; init; }

    public required int Differences { get; init; }

    public required int LostEdits { get; init; }

    public required int Intents { get; init; }

    /// <inheritdoc cref="PairFindings.MadeAndNotCoupled"/>
    public required int MadeAndNotCoupled { get; init; }

    public static async Task<Findings> CompareAsync(Bench bench, WorkerSettings settings, IReadOnlyList<Subject> subjects)
    {
        var problems = new List<string>();
        if (settings.PostgreSql is null)
        {
            CheckFile(settings.StoreFile, problems);
        }

        var stored = await StoredState.ReadAsync(settings);
        if (stored.Intents > 0)
        {
            problems.Add($"{stored.Intents} entries are left in the journal.");
        }

        var snapshot = new Snapshot(bench);
        var pairs = TablePair.All.Select(pair => new PairFindings(pair, snapshot, stored, problems)).ToList();
        pairs.ForEach(pair => pair.Find());
        var lost = 0;
        foreach (var pair in pairs)
        {
            var edits = new EditFindings(pair, stored, problems);
            foreach (var subject in subjects.Where(subject => subject.Table.Mapping == pair.Mapping))
            {
                edits.Find(subject);
            }

            lost += edits.Lost;
        }

        return new()
        {
            Problems = problems,
            LocalRecords = pairs.Sum(pair => pair.Local.Count),
            IntegrationRecords = pairs.Sum(pair => pair.Integration.Count),
            Couplings = pairs.Sum(pair => pair.Couplings.Count),
            Conflicts = stored.Conflicts.Values.Sum(list => list.Count),
            Duplicates = pairs.Sum(pair => pair.Duplicates),
            Orphans = pairs.Sum(pair => pair.Orphans),
            Differences = pairs.Sum(pair => pair.Differences),
            LostEdits = lost,
            Intents = stored.Intents,
            MadeAndNotCoupled = pairs.Sum(pair => pair.MadeAndNotCoupled),
        };
    }

    public override string ToString() =>
        $"records={LocalRecords}+{IntegrationRecords} couplings={Couplings} conflicts={Conflicts} "
        + $"duplicates={Duplicates} orphans={Orphans} differences={Differences} lost={LostEdits} journal={Intents}"
        + string.Concat(Problems.Take(MostProblemsTold).Select(problem => $"{Environment.NewLine}  {problem}"));

    private static void CheckFile(string path, List<string> problems)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        if (command.ExecuteScalar() is not "ok")
        {
            problems.Add("The coupling file is damaged.");
        }
    }
}
