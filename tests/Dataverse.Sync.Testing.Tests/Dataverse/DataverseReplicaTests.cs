using CsCheck;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>
/// A client that follows change tracking, whatever happens between its requests, ends with the server's rows.
/// </summary>
public sealed class DataverseReplicaTests
{
    private enum Step
    {
        Insert,
        Update,
        Delete,
        Poll,
    }

    private static readonly Gen<(Step Step, int Choice)[]> Histories =
        Gen.Select(Gen.Int[0, 9].Select(n => n switch
        {
            < 4 => Step.Insert,
            < 6 => Step.Update,
            < 8 => Step.Delete,
            _ =>
            Step.Poll
        }), Gen.Int[0, 100]).Array[0, 60];

    [Fact]
    public Task A_replica_fed_by_deltas_equals_the_table() => Gen.Select(Histories, Gen.Int[1, 4]).SampleAsync(
        async (history, pageSize) =>
        {
            await using var client = await DataverseClient.StartAsync();
            var replica = new Dictionary<Guid, string?>();
            var link = "accounts?$select=name";
            foreach (var (step, choice) in history)
            {
                Apply(client.Accounts, step, choice);
                if (step is Step.Poll)
                {
                    link = await PollAsync(
                        client, link, pageSize, replica, () => Apply(client.Accounts, (Step)(choice % 3), choice));
                }
            }

            _ = await PollAsync(client, link, pageSize, replica, () => { });
            return replica.OrderBy(row => row.Key).SequenceEqual(
                client.Accounts.Rows.Select(row => KeyValuePair.Create(row.Id, (string?)row["name"]))
                    .OrderBy(row => row.Key));
        },
        iter: 40);

    [Fact]
    public Task Pages_of_any_size_together_are_the_whole() =>
    Gen.Select(Gen.Int[0, 3].Array[0, 30], Gen.Int[1, 9]).SampleAsync(
        async (names, pageSize) =>
        {
            await using var client = await DataverseClient.StartAsync();
            foreach (var name in names)
            {
                client.Accounts.Insert(("name", name == 0 ? null : $"{name}"));
            }

            var rows = await client.AllAsync(
                "accounts?$select=name&$orderby=name desc", ("Prefer", $"odata.maxpagesize={pageSize}"));

            return rows.Select(row => (string?)row["name"])
                .SequenceEqual(names.OrderDescending().Select(name => name == 0 ? null : $"{name}"))
                && rows.Select(row => (string)row["accountid"]!).Distinct().Count() == names.Length;
        },
        iter: 40);

    private static async Task<string> PollAsync(
        DataverseClient client, string link, int pageSize, Dictionary<Guid, string?> replica, Action betweenPages)
    {
        while (true)
        {
            var page = await client.GetAsync(link, ("Prefer", $"odata.track-changes,odata.maxpagesize={pageSize}"));
            foreach (var row in page.Rows)
            {
                if (row["reason"] is not null)
                {
                    _ = replica.Remove(row["id"]!.GetValue<Guid>());
                }
                else
                {
                    replica[row["accountid"]!.GetValue<Guid>()] = (string?)row["name"];
                }
            }

            if (page.DeltaLink is { } next)
            {
                return next;
            }

            link = page.NextLink!;
            betweenPages();
        }
    }

    private static void Apply(DataverseTable table, Step step, int choice)
    {
        var rows = table.Rows;
        if (step is Step.Insert)
        {
            table.Insert(("name", $"{choice}"));
        }
        else if (step is Step.Update && rows.Count > 0)
        {
            table.Update(rows[choice % rows.Count].Id, ("name", $"{choice}"));
        }
        else if (step is Step.Delete && rows.Count > 0)
        {
            table.Delete(rows[choice % rows.Count].Id);
        }
    }
}
