namespace Dataverse.Sync.Conformance;

public abstract partial class TableConnectorConformance
{
    [Fact]
    public async Task ReadById_of_no_ids_gives_nothing()
    {
        _ = await SeedAsync(1);

        (await ReadByIdAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task ReadById_gives_the_record_with_its_fields()
    {
        var id = await SeedOneAsync(1, Table.Samples.Select(sample => new FieldWrite(sample.Name, sample.Values[1])));
        _ = await SeedOneAsync(2);

        var record = await ReadOneAsync(id);

        record.Id.Should().Be(id);
        record.Version.Should().NotBeNullOrEmpty();
        record.Layout.Table.Should().Be(Table.Name);
        record.Layout.Fields.Should().Contain(Fields);
        record[Table.Text].AsText().Should().Be("Row 1");
        Table.Samples.Should().OnlyContain(sample => record[sample.Name] == sample.Values[1]);
    }

    [Fact]
    public async Task ReadById_of_a_thousand_ids_leaves_out_the_missing_and_repeats_none()
    {
        var ids = await SeedAsync(1_000);
        var missing = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid());
        await System.DeleteAsync(ids[500]);

        var records = await ReadByIdAsync([.. ids, .. missing]);

        records.Select(record => record.Id).Order().Should().Equal(ids.Where(id => id != ids[500]).Order());
        records.Select(record => record[Table.BusinessKey].AsText()).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task ReadById_of_missing_ids_only_gives_nothing() =>
        (await ReadByIdAsync(Guid.NewGuid(), Guid.NewGuid())).Should().BeEmpty();

    [Fact]
    public async Task ReadById_sees_an_edit_as_another_version()
    {
        var id = await SeedOneAsync(1);
        var before = await ReadOneAsync(id);

        await System.UpdateAsync(id, [Write(Table.Text, "after")]);

        var after = await ReadOneAsync(id);
        after[Table.Text].AsText().Should().Be("after");
        after.Version.Should().NotBe(before.Version);
    }

    [Theory]
    [InlineData("O'Brien")]
    [InlineData("''")]
    [InlineData("100%")]
    [InlineData("a_b")]
    [InlineData("[abc]")]
    [InlineData("Smith & Sons; \"Ltd\"")]
    [InlineData("a+b = c?d#e/f\\g")]
    [InlineData("Ørsted Łódź 東京 😀")]
    [InlineData("{0} $filter=1 eq 1")]
    public async Task Find_takes_the_text_literally(string text)
    {
        var id = await SeedOneAsync(1, Write(Table.Text, text));
        _ = await SeedOneAsync(2, Write(Table.Text, text + "x"));
        _ = await SeedOneAsync(3, Write(Table.Text, "100x"));
        _ = await SeedOneAsync(4, Write(Table.Text, "axb"));

        (await FindAsync(Table.Text, FieldValue.Text(text))).Should().ContainSingle().Which.Id.Should().Be(id);
    }

    [Fact]
    public async Task Find_disregards_letter_case_and_repeats_no_record()
    {
        var id = await SeedOneAsync(1, Write(Table.Text, "Ann Müller"));

        var found = await FindAsync(Table.Text, FieldValue.Text("ANN MÜLLER"), FieldValue.Text("ann müller"));

        found.Should().ContainSingle().Which.Id.Should().Be(id);
    }

    [Fact]
    public async Task Find_gives_every_record_that_holds_one_of_the_values()
    {
        var ids = await SeedAsync(4);
        await System.UpdateAsync(ids[1], [Write(Table.Text, "same")]);
        await System.UpdateAsync(ids[2], [Write(Table.Text, "same")]);

        var found = await FindAsync(Table.Text, FieldValue.Text("same"), FieldValue.Text("Row 3"), FieldValue.Text("absent"));

        found.Select(record => record.Id).Should().BeEquivalentTo(ids.Skip(1));
    }

    [Fact]
    public async Task Find_of_more_values_than_one_request_holds_finds_all()
    {
        var ids = await SeedAsync(700);

        var found = await FindAsync(Table.BusinessKey, [.. Enumerable.Range(0, 1_200).Select(number => FieldValue.Text(Table.KeyOf(number)))]);

        found.Select(record => record.Id).Order().Should().Equal(ids.Order());
    }

    [Fact]
    public async Task Find_of_no_values_gives_nothing_and_of_null_everything()
    {
        var ids = await SeedAsync(3);

        (await FindAsync(Table.BusinessKey)).Should().BeEmpty();
        (await Connector.FindAsync(new FieldQuery { Table = Table.Name, Fields = Fields, Field = Table.BusinessKey }, default))
            .Select(record => record.Id).Should().BeEquivalentTo(ids);
    }

    [Fact]
    public async Task Find_delivers_the_field_that_is_compared_even_when_it_is_not_asked_for()
    {
        _ = await SeedAsync(2);

        var found = await Connector.FindAsync(
            new FieldQuery { Table = Table.Name, Fields = [Table.OtherText], Field = Table.BusinessKey, Values = [FieldValue.Text(Table.KeyOf(1))] }, default);

        var record = found.Should().ContainSingle().Subject;
        record[Table.BusinessKey].AsText().Should().Be(Table.KeyOf(1));
        record.Layout.Fields.Should().Contain(Table.OtherText);
    }

    [Fact]
    public async Task Find_compares_every_type_of_field()
    {
        var (first, second) = (await SeedOneAsync(1), await SeedOneAsync(2));
        foreach (var sample in Table.Samples)
        {
            await System.UpdateAsync(first, [new FieldWrite(sample.Name, sample.Values[0])]);
            await System.UpdateAsync(second, [new FieldWrite(sample.Name, sample.Values[1])]);

            var found = await FindAsync(sample.Name, sample.Values[1]);

            found.Should().ContainSingle("'{0}' is compared", sample.Name).Which.Id.Should().Be(second);
        }
    }

    [Fact]
    public async Task ReadKeys_lists_every_id()
    {
        (await ReadKeysAsync()).Should().BeEmpty();
        var ids = await SeedAsync(1_200);
        await System.DeleteAsync(ids[7]);

        (await ReadKeysAsync()).Order().Should().Equal(ids.Where(id => id != ids[7]).Order());
    }

    [Fact]
    public async Task ReadKeys_lists_the_version_that_a_read_by_id_returns()
    {
        var ids = await SeedAsync(3);
        await System.UpdateAsync(ids[1], [Write(Table.Text, "moved")]);
        var records = await ReadByIdAsync([.. ids]);

        var listed = await Connector.ReadKeysAsync(Table.Name, default).SelectMany(page => page.ToAsyncEnumerable()).ToListAsync();

        listed.Should().BeEquivalentTo(records.Select(record => new RecordVersion(record.Id, record.Version)));
        listed.Should().OnlyContain(key => key.Version != null);
    }

    [Fact]
    public async Task ReadKeys_lists_what_exists_during_the_whole_scan()
    {
        var ids = await SeedAsync(1_200);
        var listed = new HashSet<Guid>();
        var (pages, deleted) = (0, Guid.Empty);

        await foreach (var keys in Connector.ReadKeysAsync(Table.Name, default))
        {
            var page = keys.Select(key => key.Id).ToList();
            if (pages++ == 0)
            {
                deleted = page[0];
                await System.DeleteAsync(deleted);
                await System.UpdateAsync(page[1], [Write(Table.Text, "moved")]);
                await System.UpdateAsync(ids.Except(page).First(), [Write(Table.Text, "moved")]);
                _ = await SeedOneAsync(1_200);
            }

            listed.UnionWith(page);
        }

        pages.Should().BeGreaterThan(1, "the system is set up to answer in pages of at most 500 rows");
        ids.Where(id => id != deleted).Should().BeSubsetOf(listed);
    }

    private Task<IReadOnlyList<TableRecord>> FindAsync(string field, params IReadOnlyCollection<FieldValue> values) =>
        Connector.FindAsync(new FieldQuery { Table = Table.Name, Fields = Fields, Field = field, Values = values }, default);
}
