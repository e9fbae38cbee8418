using CsCheck;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.InMemory.Tests;

/// <summary>Whatever is done to a table, a copy that is kept by its feed alone ends up the same.</summary>
public sealed class InMemoryFeedModelTests
{
    private const string Table = "notes";

    private static readonly Gen<(char Step, int Row)[]> Histories =
        Gen.Select(Gen.Char["iuuudrxt"], Gen.Int[0, 30]).Array[0, 120];

    [Theory]
    [InlineData(InMemoryFlavor.Dataverse)]
    [InlineData(InMemoryFlavor.BusinessCentral)]
    public async Task A_copy_kept_by_the_feed_equals_the_table(InMemoryFlavor flavor) =>
        await Histories.SampleAsync(
            async history =>
            {
                var time = new FakeTimeProvider(InMemorySystems.Start);
                var connector = new InMemoryConnector(new InMemoryOptions { Flavor = flavor, TimeProvider = time });
                var table = connector.AddTable(Table, notes => notes.Text("subject"));
                var copy = new FeedCopy(connector);

                foreach (var (step, row) in history)
                {
                    await TakeAsync(step, row, table, time, copy);
                }

                await copy.RefreshAsync();
                copy.ShouldEqual(table);
            },
            iter: 300);

    private static async Task TakeAsync(char step, int row, InMemoryTable table, FakeTimeProvider time, FeedCopy copy)
    {
        var id = table.Count == 0 ? Guid.Empty : table.Records[row % table.Count].Id;
        switch (step)
        {
            case 'i':
                _ = table.Insert(("subject", $"new {row}"));
                break;
            case 'u' when id != Guid.Empty:
                _ = table.Update(id, ("subject", $"changed {row}"));
                break;
            case 'd':
                table.Delete(id);
                break;
            case 'r':
                await copy.RefreshAsync();
                break;
            case 'x' when row == 0:
                table.ExpireCheckpoints();
                break;
            case 't':
                time.Advance(TimeSpan.FromMinutes(row));
                break;
        }
    }

    private sealed class FeedCopy(ITableConnector connector)
    {
        private readonly Dictionary<Guid, string> rows = [];
        private Checkpoint? checkpoint;

        public async Task RefreshAsync()
        {
            var pages = await connector.ReadAllAsync(
                new ChangeQuery { Table = Table, Fields = ["subject"], Since = checkpoint, PageSize = 7 });
            if (pages[0].Coverage == ChangeCoverage.WholeTable)
            {
                rows.Clear();
            }

            foreach (var page in pages)
            {
                foreach (var record in page.Records)
                {
                    rows[record.Id] = record["subject"].AsText();
                }

                foreach (var id in page.Deleted)
                {
                    _ = rows.Remove(id);
                }
            }

            checkpoint = pages[^1].Checkpoint;
        }

        public void ShouldEqual(InMemoryTable table)
        {
            var known = rows.Where(row => table.Schema.ReportsDeletions || table.Find(row.Key) is not null);
            known.Should().BeEquivalentTo(
                table.Records.ToDictionary(record => record.Id, record => record["subject"].AsText()));
        }
    }
}
