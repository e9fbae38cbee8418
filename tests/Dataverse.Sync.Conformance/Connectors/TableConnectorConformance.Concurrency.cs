namespace Dataverse.Sync.Conformance;

public abstract partial class TableConnectorConformance
{
    [Fact]
    public async Task Update_with_a_stale_version_changes_nothing()
    {
        var id = await SeedOneAsync(1);
        var stale = (await ReadOneAsync(id)).Version;
        await System.UpdateAsync(id, [Write(Table.Text, "theirs")]);

        var result = await WriteOneAsync(Update(id, stale, Write(Table.Text, "ours"), Write(Table.OtherText, "ours")));

        result.Status.Should().Be(WriteStatus.VersionMismatch);
        result.Error.Should().NotBeNull();
        var record = await ReadOneAsync(id);
        record[Table.Text].AsText().Should().Be("theirs");
        record[Table.OtherText].IsBlank.Should().BeTrue();
    }

    [Fact]
    public async Task Delete_with_a_stale_version_deletes_nothing()
    {
        var id = await SeedOneAsync(1);
        var stale = (await ReadOneAsync(id)).Version;
        await System.UpdateAsync(id, [Write(Table.Text, "theirs")]);

        (await WriteOneAsync(Delete(id, stale))).Status.Should().Be(WriteStatus.VersionMismatch);

        (await ReadOneAsync(id))[Table.Text].AsText().Should().Be("theirs");
    }

    [Fact]
    public async Task Update_with_the_version_of_the_last_read_may_follow_one_another()
    {
        var id = await SeedOneAsync(1);
        for (var round = 1; round <= 3; round++)
        {
            var version = (await ReadOneAsync(id)).Version;
            (await WriteOneAsync(Update(id, version, Write(Table.Text, $"round {round}")))).Status.Should().Be(WriteStatus.Applied);
        }

        (await ReadOneAsync(id))[Table.Text].AsText().Should().Be("round 3");
    }

    [Fact]
    public async Task Versions_are_checked_record_by_record_within_a_batch()
    {
        var ids = await SeedAsync(120);
        var versions = (await ReadByIdAsync([.. ids])).ToDictionary(record => record.Id, record => record.Version);
        await System.UpdateAsync(ids[60], [Write(Table.Text, "theirs")]);

        var results = await WriteAsync([.. ids.Select(id => Update(id, versions[id], Write(Table.Text, "ours")))]);

        results.Select(result => result.Status == WriteStatus.VersionMismatch).Should().Equal(ids.Select(id => id == ids[60]));
        (await ReadByIdAsync([.. ids])).Where(record => record[Table.Text].AsText() != "ours").Should().ContainSingle().Which.Id.Should().Be(ids[60]);
    }

    [Fact]
    public async Task Of_two_writers_with_one_version_one_wins()
    {
        var ids = await SeedAsync(5);
        foreach (var record in await ReadByIdAsync([.. ids]))
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer =>
                Task.Run(() => WriteOneAsync(Update(record.Id, record.Version, Write(Table.Text, $"writer {writer}"))))));

            results.Count(result => result.Status == WriteStatus.Applied).Should().Be(1);
            results.Count(result => result.Status == WriteStatus.VersionMismatch).Should().Be(3);
            var winner = Array.FindIndex(results, result => result.Status == WriteStatus.Applied);
            (await ReadOneAsync(record.Id))[Table.Text].AsText().Should().Be($"writer {winner}");
        }
    }

    [Fact]
    public async Task Calls_may_be_made_at_the_same_time()
    {
        var seeded = await SeedAsync(50);
        var written = Enumerable.Range(0, 6).Select(writer =>
            Task.Run(() => WriteAsync([.. Enumerable.Range(0, 20).Select(number => Insert((writer * 20) + number + 100))]))).ToList();
        var feeds = Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadFeedAsync(Query(pageSize: 20)))).ToList();
        var lookups = Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadByIdAsync([.. seeded]))).ToList();
        var keys = Task.Run(ReadKeysAsync);

        var inserted = (await Task.WhenAll(written)).SelectMany(results => results).ToList();

        inserted.Should().HaveCount(120).And.OnlyContain(result => result.Status == WriteStatus.Applied);
        foreach (var pages in await Task.WhenAll(feeds))
        {
            Ids(pages).Should().Contain(seeded);
        }

        (await Task.WhenAll(lookups)).Should().OnlyContain(records => records.Count == 50);
        (await keys).Should().Contain(seeded);
        (await ReadKeysAsync()).Order().Should().Equal(seeded.Concat(inserted.Select(result => result.Id)).Order());
    }

    [Fact]
    public async Task Every_call_ends_with_a_token_that_was_cancelled_before()
    {
        var id = await SeedOneAsync(1);
        var cancelled = new CancellationToken(canceled: true);
        var record = new RecordQuery { Table = Table.Name, Fields = Fields, Ids = [id] };
        var find = new FieldQuery { Table = Table.Name, Fields = Fields, Field = Table.BusinessKey, Values = [FieldValue.Text(Table.KeyOf(1))] };
        Func<Task>[] calls =
        [
            () => Connector.GetSchemaAsync(Table.Name, cancelled),
            () => Connector.ReadByIdAsync(record, cancelled),
            () => Connector.FindAsync(find, cancelled),
            async () => await Connector.ReadChangesAsync(Query(), cancelled).FirstAsync(CancellationToken.None),
            async () => await Connector.ReadKeysAsync(Table.Name, cancelled).FirstAsync(CancellationToken.None),
            () => Connector.WriteAsync(new WriteBatch(Table.Name, [Insert(2)]), cancelled),
        ];

        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<OperationCanceledException>();
        }

        (await ReadKeysAsync()).Should().Equal(id);
    }

    [Fact]
    public async Task ReadChanges_ends_when_it_is_cancelled_between_pages()
    {
        _ = await SeedAsync(30);
        using var cancellation = new CancellationTokenSource();
        var pages = 0;

        var read = async () =>
        {
            await foreach (var _ in Connector.ReadChangesAsync(Query(pageSize: 10), cancellation.Token))
            {
                pages++;
                await cancellation.CancelAsync();
            }
        };

        await read.Should().ThrowAsync<OperationCanceledException>();
        pages.Should().Be(1);
    }
}
