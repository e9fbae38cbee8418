using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;
using static Dataverse.Sync.InMemory.Tests.InMemorySystems;

namespace Dataverse.Sync.InMemory.Tests;

public sealed class InMemoryTableTests
{
    [Fact]
    public async Task Insert_without_business_key_takes_the_next_free_number()
    {
        var connector = NewBusinessCentral(out var customers);
        _ = customers.Insert(("number", "C00011"));

        var first = await connector.WriteOneAsync("customers", Insert(("displayName", "Ann")));
        var second = await connector.WriteOneAsync("customers", Insert(("displayName", "Ben")));

        first.Record!["number"].AsText().Should().Be("C00010");
        second.Record!["number"].AsText().Should().Be("C00012");
    }

    [Fact]
    public async Task Insert_of_a_taken_business_key_is_refused_whatever_its_letter_case()
    {
        var connector = NewBusinessCentral(out var customers);
        _ = customers.Insert(("number", "c1"));

        var result = await connector.WriteOneAsync("customers", Insert(("number", " C1 ")));

        result.Status.Should().Be(WriteStatus.AlreadyExists);
        result.Error!.Code.Should().Be(InMemoryErrorCodes.DuplicateKey);
        customers.Count.Should().Be(1);
    }

    [Fact]
    public async Task Stamps_have_the_resolution_of_the_cloud()
    {
        _ = NewBusinessCentral(out var customers, new FakeTimeProvider(Start.AddTicks(15_000)));
        var connector = NewDataverse(out var accounts);

        customers.Insert(("displayName", "Ann")).ModifiedOn.Should().Be(Start.AddMilliseconds(2));
        accounts.Insert(("name", "Ann"))["modifiedon"].AsDateTime().Should().Be(Start.AddMilliseconds(-125));
        (await connector.FindAsync(new FieldQuery { Table = "account", Fields = [], Field = "name" }, default)).Should()
            .ContainSingle();
    }

    [Theory]
    [InlineData("balance", InMemoryErrorCodes.FieldNotWritable)]
    [InlineData("nonsense", InMemoryErrorCodes.FieldNotFound)]
    [InlineData("creditLimit", InMemoryErrorCodes.WrongType)]
    [InlineData("blocked", InMemoryErrorCodes.OptionNotFound)]
    [InlineData("number", InMemoryErrorCodes.TextTooLong)]
    public async Task Write_of_a_wrong_value_is_rejected_with_the_field(string field, string code)
    {
        var connector = NewBusinessCentral(out var customers);

        var result = await connector.WriteOneAsync("customers", Insert((field, new string('x', 21))));

        result.Status.Should().Be(WriteStatus.Rejected);
        result.Error.Should().BeEquivalentTo(new { Code = code, Field = field });
        customers.Count.Should().Be(0);
    }

    [Fact]
    public async Task Normalize_decides_what_is_stored()
    {
        var connector = new InMemoryConnector();
        var table = connector.AddTable("notes", notes => notes
            .Text("subject", 5)
            .With(options => options with { Normalize = (_, value) => FieldValue.Text(value.AsText()[..5]) }));

        var result = await connector.WriteOneAsync("notes", Insert(("subject", "too long")));

        result.Status.Should().Be(WriteStatus.Applied);
        table.Records[0]["subject"].AsText().Should().Be("too l");
    }

    [Fact]
    public void Insert_refused_by_the_rules_throws_behind_the_connector()
    {
        _ = NewBusinessCentral(out var customers);

        var insert = () => customers.Insert(("salespersonCode", new string('x', 21)));

        insert.Should().Throw<InvalidOperationException>().WithMessage("*salespersonCode*20*");
    }

    [Fact]
    public void Ids_and_versions_repeat_with_the_seed()
    {
        _ = NewBusinessCentral(out var first);
        _ = NewBusinessCentral(out var second);

        var (one, other) = (first.Insert(("displayName", "Ann")), second.Insert(("displayName", "Ann")));

        (one.Id, one.Version).Should().Be((other.Id, other.Version));
        first.Update(one.Id, ("displayName", "Ann")).Version.Should().NotBe(one.Version);
    }

    [Fact]
    public async Task Late_commit_within_the_overlap_is_found_and_one_before_it_is_not()
    {
        var time = new FakeTimeProvider(Start);
        var connector = NewBusinessCentral(out var customers, time);
        var late = customers.Insert(("displayName", "late"));
        var lost = customers.Insert(("displayName", "lost"));
        time.Advance(TimeSpan.FromHours(1));
        _ = customers.Insert(("displayName", "newest"));
        var query = new ChangeQuery { Table = "customers", Fields = ["displayName"] };
        var checkpoint = (await connector.ReadAllAsync(query))[^1].Checkpoint;

        customers.Restamp(late.Id, time.GetUtcNow() - TimeSpan.FromMinutes(4));
        customers.Restamp(lost.Id, time.GetUtcNow() - TimeSpan.FromMinutes(6));

        var pages = await connector.ReadAllAsync(query with { Since = checkpoint });
        pages.SelectMany(page => page.Records).Select(record => record["displayName"].AsText()).Should()
            .Equal("late", "newest");
    }

    [Fact]
    public async Task Feed_without_overlap_still_repeats_the_newest_stamp()
    {
        var connector = new InMemoryConnector(
            new InMemoryOptions
            {
                Flavor = InMemoryFlavor.BusinessCentral,
                TimeProvider = new FakeTimeProvider(Start),
            });
        var table = connector.AddTable(
            "notes", notes => notes.Text("subject").With(options => options with { Overlap = TimeSpan.Zero }));
        var query = new ChangeQuery { Table = "notes", Fields = ["subject"] };
        var first = table.Insert(("subject", "first"));
        var checkpoint = (await connector.ReadAllAsync(query))[^1].Checkpoint;

        var second = table.Insert(("subject", "second, in the same tick"));

        var pages = await connector.ReadAllAsync(query with { Since = checkpoint });
        pages.SelectMany(page => page.Records).Should().Equal(first, second);
    }

    [Fact]
    public async Task Row_that_changes_thousands_of_times_comes_once()
    {
        var connector = NewDataverse(out var accounts);
        var (busy, quiet) = (accounts.Insert(("name", "busy")), accounts.Insert(("name", "quiet")));
        var query = new ChangeQuery { Table = "account", Fields = ["name"] };
        var checkpoint = (await connector.ReadAllAsync(query))[^1].Checkpoint;
        for (var number = 0; number < 5_000; number++)
        {
            _ = accounts.Update(busy.Id, ("name", $"{number}"));
        }

        var (changes, all) =
            (await connector.ReadAllAsync(query with { Since = checkpoint }), await connector.ReadAllAsync(query));

        changes.SelectMany(page => page.Records).Select(record => record["name"].AsText()).Should().Equal("4999");
        all.SelectMany(page => page.Records).Select(record => record.Id).Should().Equal(quiet.Id, busy.Id);
    }

    [Fact]
    public async Task Deletions_come_after_the_records_and_are_paged()
    {
        var connector = NewDataverse(out var accounts);
        var rows = Enumerable.Range(0, 5).Select(number => accounts.Insert(("name", $"{number}"))).ToList();
        var query = new ChangeQuery { Table = "account", Fields = ["name"], PageSize = 2 };
        var checkpoint = (await connector.ReadAllAsync(query))[^1].Checkpoint;

        _ = accounts.Update(rows[0].Id, ("name", "new"));
        rows[1..].ForEach(row => accounts.Delete(row.Id));

        var pages = await connector.ReadAllAsync(query with { Since = checkpoint });
        pages.Select(page => (page.Records.Count, page.Deleted.Count)).Should().Equal((1, 1), (0, 2), (0, 1));
        pages.Select(page => page.Checkpoint is null).Should().Equal(true, true, false);
        pages.SelectMany(page => page.Deleted).Should().Equal(rows[1..].Select(row => row.Id));
    }

    [Fact]
    public void AddTable_refuses_a_schema_that_names_a_missing_field()
    {
        var add = () => new InMemoryConnector().AddTable(new TableSchema { Name = "t", KeyField = "id", Fields = [] });

        add.Should().Throw<ArgumentException>().WithMessage("*'t'*'id'*");
    }
}
