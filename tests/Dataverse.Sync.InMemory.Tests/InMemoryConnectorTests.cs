using Dataverse.Sync.Testing;
using static Dataverse.Sync.InMemory.Tests.InMemorySystems;

namespace Dataverse.Sync.InMemory.Tests;

public sealed class InMemoryConnectorTests
{
    [Fact]
    public async Task Calls_count_every_page_and_every_kind()
    {
        var connector = NewDataverse(out var accounts);
        for (var number = 0; number < 5; number++)
        {
            _ = accounts.Insert(("name", $"{number}"));
        }

        _ = await connector.ReadAllAsync(new ChangeQuery { Table = "account", Fields = [], PageSize = 2 });
        _ = await connector.GetSchemaAsync("account", default);
        _ = await connector.WriteAsync(
            new WriteBatch("account", [Insert(("name", "a")), Insert(("name", "b"))]), default);

        connector.Calls[InMemoryOperation.ReadChanges].Should().Be(3);
        connector.Calls[InMemoryOperation.GetSchema].Should().Be(1);
        connector.Calls[InMemoryOperation.Write].Should().Be(1);
        connector.Calls.Total.Should().Be(5);
        connector.ResetCounters();
        connector.Calls.Total.Should().Be(0);
    }

    [Fact]
    public async Task Writes_lists_what_was_applied_and_nothing_else()
    {
        var connector = NewBusinessCentral(out var customers);
        var (kept, gone) = (customers.Insert(("displayName", "kept")), customers.Insert(("displayName", "gone")));

        _ = await connector.WriteAsync(
            new WriteBatch("customers",
            [
                new() { Kind = WriteKind.Update, Id = kept.Id, Fields = Fields(("displayName", "changed")) },
                new() { Kind = WriteKind.Update, Id = Guid.NewGuid(), Fields = Fields(("displayName", "missing")) },
                new() { Kind = WriteKind.Delete, Id = gone.Id },
                new() { Kind = WriteKind.Delete, Id = Guid.NewGuid() },
                Insert(("nonsense", "refused")),
            ]),
            default);

        connector.Writes.Select(write => (write.Kind, write.Id)).Should()
            .Equal((WriteKind.Update, kept.Id), (WriteKind.Delete, gone.Id));
        connector.RowsWritten.Should().Be(2);
        connector.ResetCounters();
        connector.Writes.Should().BeEmpty();
        connector.RowsWritten.Should().Be(0);
    }

    [Theory]
    [InlineData("SP001", WriteStatus.Applied)]
    [InlineData("sp001", WriteStatus.Applied)]
    [InlineData("SP002", WriteStatus.Rejected)]
    public async Task A_code_must_lead_to_a_record_of_the_target_table(string code, WriteStatus status)
    {
        var connector = new InMemoryConnector(new() { Flavor = InMemoryFlavor.BusinessCentral });
        _ = connector.AddTable("people", table => table.BusinessKey("code", firstNumber: "SP001")).Insert();
        var customers = connector.AddTable("customers", table => table.Code("salespersonCode").With(LeadingTo("salespersonCode", "people")));

        var result = await connector.WriteOneAsync("customers", Insert(("salespersonCode", code)));

        (result.Status, result.Error?.Field).Should().Be((status, status == WriteStatus.Applied ? null : "salespersonCode"));
        customers.Count.Should().Be(status == WriteStatus.Applied ? 1 : 0);
    }

    [Theory]
    [InlineData("systemuser", WriteStatus.Applied)]
    [InlineData("team", WriteStatus.Rejected)]
    public async Task A_reference_must_lead_to_a_row_of_the_table_that_it_names(string table, WriteStatus status)
    {
        var connector = new InMemoryConnector();
        var user = connector.AddTable("systemuser", users => users.Key("systemuserid")).Insert();
        _ = connector.AddTable("team", teams => teams.Key("teamid"));
        var accounts = connector.AddTable(
            "account", account => account.Reference("ownerid", "systemuser", "team").With(LeadingTo("ownerid", "systemuser")));
        var row = accounts.Insert();

        var result = await connector.WriteOneAsync("account", new()
        {
            Kind = WriteKind.Update,
            Id = row.Id,
            Fields = [new("ownerid", FieldValue.Reference(user.Id, table))],
        });

        result.Status.Should().Be(status);
    }

    [Fact]
    public async Task Writes_stays_empty_where_it_is_not_kept()
    {
        var connector = new InMemoryConnector(new InMemoryOptions { KeepsWrites = false });
        _ = connector.AddTable("notes", notes => notes.Text("subject"));

        _ = await connector.WriteOneAsync("notes", Insert(("subject", "a")));

        connector.Writes.Should().BeEmpty();
        connector.RowsWritten.Should().Be(1);
    }

    [Theory]
    [InlineData(WriteAnswer.Nothing, false, false)]
    [InlineData(WriteAnswer.Version, true, false)]
    [InlineData(WriteAnswer.Record, true, true)]
    public async Task Answer_carries_what_the_table_says(WriteAnswer answer, bool tellsVersion, bool tellsRecord)
    {
        var connector = new InMemoryConnector();
        _ = connector.AddTable(
            "notes", notes => notes.Text("subject").With(options => options with { Answer = answer }));

        var result = await connector.WriteOneAsync("notes", Insert(("subject", "a")));

        (result.Version is not null, result.Record is not null).Should().Be((tellsVersion, tellsRecord));
    }

    [Fact]
    public async Task Records_are_handed_out_without_copying()
    {
        var connector = NewDataverse(out var accounts);
        var row = accounts.Insert(("name", "Ann"));

        var read = await connector.ReadByIdAsync(
            new RecordQuery { Table = "account", Fields = ["name"], Ids = [row.Id] }, default);

        read.Should().ContainSingle().Which.Should().BeSameAs(row).And.BeSameAs(accounts.Find(row.Id));
    }

    [Fact]
    public async Task WriteAsync_refuses_a_batch_that_names_a_record_twice()
    {
        var connector = NewDataverse(out var accounts);
        var row = accounts.Insert(("name", "Ann"));
        var operation = new WriteOperation { Kind = WriteKind.Delete, Id = row.Id };

        var write = () => connector.WriteAsync(new WriteBatch("account", [operation, operation]), default);

        await write.Should().ThrowAsync<ArgumentException>().WithMessage("*twice*'account'*");
        accounts.Count.Should().Be(1);
    }

    [Fact]
    public void AddTable_refuses_a_second_table_of_the_same_name()
    {
        var connector = NewDataverse(out _);

        var add = () => connector.AddTable("account", table => table.Text("name"));

        add.Should().Throw<ArgumentException>().WithMessage("*'account'*");
    }

    [Fact]
    public async Task Parallel_writers_lose_nothing()
    {
        var connector = NewDataverse(out var accounts);
        var query = new ChangeQuery { Table = "account", Fields = ["name"] };

        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions
        {
            MaxDegreeOfParallelism = 8,
        }, async (batch, token) =>
        {
            var inserts = Enumerable.Range(0, 50).Select(number => Insert(("name", $"{batch}/{number}"))).ToList();
            var results = await connector.WriteAsync(new WriteBatch("account", inserts), token);
            _ = await connector.WriteAsync(
                new WriteBatch("account", [new() { Kind = WriteKind.Delete, Id = results[0].Id }]), token);
        });

        accounts.Count.Should().Be(400 * 49);
        var pages = await connector.ReadAllAsync(query);
        pages.SelectMany(page => page.Records).Select(record => record["name"].AsText()).Distinct().Should()
            .HaveCount(400 * 49);
    }

    private static Func<InMemoryTableOptions, InMemoryTableOptions> LeadingTo(string field, string table) =>
        options => options with { Targets = new Dictionary<string, string> { [field] = table } };
}
