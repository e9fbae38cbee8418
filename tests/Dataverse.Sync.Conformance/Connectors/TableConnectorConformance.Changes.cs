namespace Dataverse.Sync.Conformance;

public abstract partial class TableConnectorConformance
{
    [Fact]
    public async Task ReadChanges_without_checkpoint_delivers_every_row_in_pages()
    {
        var ids = await SeedAsync(25);

        var pages = await ReadFeedAsync(Query(pageSize: 10));

        Ids(pages).Order().Should().Equal(ids.Order());
        pages.Should().HaveCountGreaterThan(2).And.OnlyContain(page => page.Records.Count <= 10);
        pages[0].Coverage.Should().NotBe(ChangeCoverage.Changes);
        pages.SelectMany(page => page.Deleted).Should().BeEmpty();
    }

    [Fact]
    public async Task ReadChanges_gives_one_layout_with_the_fields_asked_for_and_their_values()
    {
        _ = await SeedAsync(3);
        var id = await SeedOneAsync(3, Table.Samples.Select(sample => new FieldWrite(sample.Name, sample.Values[0])));

        var pages = await ReadFeedAsync(Query());

        pages.SelectMany(page => page.Records).Select(record => record.Layout).Distinct().Should().ContainSingle()
            .Which.Fields.Should().Contain(Fields);
        var record = Latest(pages, id)!;
        record.Version.Should().NotBeNullOrEmpty();
        record[Table.BusinessKey].AsText().Should().Be(Table.KeyOf(3));
        record[Table.Text].AsText().Should().Be("Row 3");
        record[Table.OtherText].IsBlank.Should().BeTrue();
        Table.Samples.Should().OnlyContain(sample => record[sample.Name] == sample.Values[0]);
    }

    [Fact]
    public async Task ReadChanges_of_an_empty_table_ends_with_a_checkpoint_that_finds_the_first_row()
    {
        var checkpoint = await ReadCheckpointAsync();
        Ids(await ReadFeedAsync(Query(checkpoint))).Should().BeEmpty();

        var id = await SeedOneAsync(1);

        Ids(await ReadFeedAsync(Query(checkpoint))).Should().Equal(id);
    }

    [Fact]
    public async Task ReadChanges_since_a_checkpoint_delivers_inserts_and_updates()
    {
        var ids = await SeedAsync(30);
        var checkpoint = await ReadCheckpointAsync();
        System.PassTime(TimeSpan.FromHours(1));

        await System.UpdateAsync(ids[3], [Write(Table.Text, "changed")]);
        var inserted = await SeedOneAsync(30);

        var pages = await ReadFeedAsync(Query(checkpoint, pageSize: 10));
        pages[0].Coverage.Should().Be(ChangeCoverage.Changes);
        Latest(pages, ids[3])![Table.Text].AsText().Should().Be("changed");
        Ids(pages).Should().Contain(inserted);
        Ids(await ReadFeedAsync(Query(pages[^1].Checkpoint))).Should().BeSubsetOf(ids.Append(inserted));
    }

    [Fact]
    public async Task ReadChanges_loses_nothing_within_one_tick_of_the_clock()
    {
        var first = await SeedOneAsync(1);
        var checkpoint = await ReadCheckpointAsync();
        var second = await SeedOneAsync(2);
        await System.UpdateAsync(first, [Write(Table.Text, "once")]);
        await System.UpdateAsync(first, [Write(Table.Text, "twice")]);

        var pages = await ReadFeedAsync(Query(checkpoint));
        var third = await SeedOneAsync(3);

        Ids(pages).Should().Contain(second);
        Latest(pages, first)![Table.Text].AsText().Should().Be("twice");
        Ids(await ReadFeedAsync(Query(pages[^1].Checkpoint))).Should().Contain(third);
    }

    [Fact]
    public async Task ReadChanges_delivers_what_happens_between_its_pages_now_or_next_time()
    {
        var ids = await SeedAsync(40);
        var pages = new List<ChangePage>();
        Guid? inserted = null;
        Guid? deleted = null;

        await foreach (var page in Connector.ReadChangesAsync(Query(pageSize: 10), default))
        {
            pages.Add(page);
            if (inserted is null)
            {
                deleted = page.Records[1].Id;
                await System.UpdateAsync(page.Records[0].Id, [Write(Table.Text, "moved")]);
                await System.UpdateAsync(ids.Except(Ids(pages)).First(), [Write(Table.Text, "moved")]);
                await System.DeleteAsync(deleted.Value);
                inserted = await SeedOneAsync(40);
            }
        }

        pages.AddRange(await ReadFeedAsync(Query(pages[^1].Checkpoint)));
        pages.SelectMany(page => page.Deleted).Contains(deleted!.Value).Should().Be(Traits.ReportsDeletions);
        Ids(pages).Should().Contain(ids).And.Contain(inserted!.Value);
        ids.Select(id => Latest(pages, id)![Table.Text].AsText()).Count(text => text == "moved").Should().Be(2);
    }

    [Fact]
    public async Task ReadChanges_reports_deletions_or_stays_silent_as_the_system_does()
    {
        var ids = await SeedAsync(3);
        var checkpoint = await ReadCheckpointAsync();
        await System.DeleteAsync(ids[1]);
        await System.DeleteAsync(await SeedOneAsync(4));

        var pages = await ReadFeedAsync(Query(checkpoint));

        pages.SelectMany(page => page.Deleted).Contains(ids[1]).Should().Be(Traits.ReportsDeletions);
        pages.SelectMany(page => page.Deleted).Should().NotContain([ids[0], ids[2]]);
        Ids(pages).Should().BeSubsetOf([ids[0], ids[2]]);
        Ids(await ReadFeedAsync(Query())).Should().BeEquivalentTo([ids[0], ids[2]]);
    }

    [Fact]
    public async Task ReadChanges_continues_from_the_checkpoint_of_any_page()
    {
        var ids = new List<Guid>();
        for (var number = 0; number < 25; number++)
        {
            ids.Add(await SeedOneAsync(number));
            System.PassTime(number % 4 == 0 ? TimeSpan.FromHours(1) : TimeSpan.Zero);
        }

        var pages = await ReadFeedAsync(Query(pageSize: 7));

        for (var applied = 1; applied <= pages.Count; applied++)
        {
            if (pages[applied - 1].Checkpoint is { } checkpoint)
            {
                var rest = await ReadFeedAsync(Query(checkpoint, pageSize: 7));
                Ids(pages.Take(applied)).Concat(Ids(rest)).Should().Contain(ids, "page {0} said so", applied);
            }
        }
    }

    [Fact]
    public async Task ReadChanges_continues_on_another_connector_from_the_text_of_a_checkpoint()
    {
        _ = await SeedAsync(2);
        var position = (await ReadCheckpointAsync()).Position;
        System.PassTime(TimeSpan.FromMinutes(1));
        var inserted = await SeedOneAsync(2);

        var pages = await ReadFeedAsync(Query(new Checkpoint(position)), System.Reconnect());

        pages[0].Coverage.Should().Be(ChangeCoverage.Changes);
        Ids(pages).Should().Contain(inserted);
    }

    [Fact]
    public async Task ReadChanges_since_a_checkpoint_no_longer_honoured_covers_the_table_again()
    {
        var ids = await SeedAsync(12);
        var checkpoint = await ReadCheckpointAsync();
        await System.UpdateAsync(ids[0], [Write(Table.Text, "changed")]);
        if (Traits.CheckpointsExpire)
        {
            await System.ExpireCheckpointsAsync();
        }

        var pages = await ReadFeedAsync(Query(checkpoint, pageSize: 5));

        Latest(pages, ids[0])![Table.Text].AsText().Should().Be("changed");
        (pages[0].Coverage == ChangeCoverage.Changes).Should().Be(!Traits.CheckpointsExpire);
        Ids(pages).Should().Contain(Traits.CheckpointsExpire ? ids : [ids[0]]);
        (await ReadFeedAsync(Query(pages[^1].Checkpoint)))[0].Coverage.Should().Be(ChangeCoverage.Changes);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{}")]
    [InlineData("https://elsewhere.example/api?token=1")]
    public async Task ReadChanges_since_a_foreign_checkpoint_covers_the_table_or_says_so(string position)
    {
        var ids = await SeedAsync(3);
        var pages = new List<ChangePage>();
        var read = async () => pages = await ReadFeedAsync(Query(new Checkpoint(position)));

        try
        {
            _ = await read();
        }
        catch (ConnectorException refusal)
        {
            refusal.IsTransient.Should().BeFalse("a repetition does not help");
            return;
        }

        pages[0].Coverage.Should().NotBe(ChangeCoverage.Changes);
        Ids(pages).Should().Contain(ids);
    }
}
