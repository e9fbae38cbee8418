using CsCheck;

namespace Dataverse.Sync.Conformance;

public abstract partial class TableConnectorConformance
{
    private static readonly string[] Awkwards = ["'", "\"", "%", "&", "<", "\\", "{", "é", "ß", "Ø", "漢", "ع", "😀", "\u00a0", "e\u0301", " "];

    /// <summary>Texts of at most 50 characters without surrounding blanks, which a system may trim.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
            Gen.Char['!', '~'].Select(character => character.ToString()),
            Gen.Int[0, Awkwards.Length - 1].Select(index => Awkwards[index]))
        .Array[1, 25].Select(string.Concat)
        .Where(text => text.Trim().Length == text.Length);

    [Fact]
    public async Task Insert_tells_the_id_under_which_the_record_is_found()
    {
        var operation = Insert(1, Table.Samples.Select(sample => new FieldWrite(sample.Name, sample.Values[0])));

        var result = await WriteOneAsync(operation);

        result.Should().BeEquivalentTo(new { Status = WriteStatus.Applied, Error = (SyncError?)null });
        result.Id.Should().NotBeEmpty();
        (result.Id == operation.Id).Should().Be(Traits.KeepsChosenIds);
        var record = await ReadOneAsync(result.Id);
        record[Table.Text].AsText().Should().Be("Row 1");
        Table.Samples.Should().OnlyContain(sample => record[sample.Name] == sample.Values[0]);
        ShouldTellTheTruth(result, record);
    }

    [Fact]
    public async Task Insert_of_many_answers_each_in_order()
    {
        var results = await WriteAsync([.. Enumerable.Range(0, 250).Select(number => Insert(number))]);

        results.Should().HaveCount(250).And.OnlyContain(result => result.Status == WriteStatus.Applied);
        var records = (await ReadByIdAsync([.. results.Select(result => result.Id)])).ToDictionary(record => record.Id);
        results.Select(result => records[result.Id][Table.BusinessKey].AsText()).Should().Equal(Enumerable.Range(0, 250).Select(Table.KeyOf));
    }

    [Fact]
    public async Task Insert_repeated_makes_no_second_record_of_a_chosen_id_or_unique_key()
    {
        var operation = Insert(1);
        var first = await WriteOneAsync(operation);

        var second = await WriteOneAsync(operation);

        var isRecognized = Traits.KeepsChosenIds || Traits.HasUniqueBusinessKey;
        (await ReadKeysAsync()).Should().HaveCount(isRecognized ? 1 : 2);
        if (isRecognized)
        {
            second.Status.Should().BeOneOf(WriteStatus.AlreadyExists, WriteStatus.Applied);
            second.Id.Should().Be(second.Status == WriteStatus.Applied ? first.Id : Guid.Empty);
        }
    }

    [Fact]
    public async Task Insert_never_overwrites_a_record_with_the_same_id()
    {
        var first = Insert(1);
        var id = (await WriteOneAsync(first)).Id;

        var second = await WriteOneAsync(Insert(2) with { Id = first.Id });

        second.Status.Should().Be(Traits.KeepsChosenIds ? WriteStatus.AlreadyExists : WriteStatus.Applied);
        (second.Error is null).Should().Be(second.Status == WriteStatus.Applied);
        (await ReadOneAsync(id))[Table.Text].AsText().Should().Be("Row 1");
    }

    [Fact]
    public async Task Insert_of_a_taken_business_key_is_answered_as_the_system_treats_keys()
    {
        var taken = await SeedOneAsync(1);

        var result = await WriteOneAsync(Insert(2, Write(Table.BusinessKey, Table.KeyOf(1))));

        result.Status.Should().Be(Traits.HasUniqueBusinessKey ? WriteStatus.AlreadyExists : WriteStatus.Applied);
        (await ReadKeysAsync()).Should().HaveCount(Traits.HasUniqueBusinessKey ? 1 : 2);
        (await ReadOneAsync(taken))[Table.Text].AsText().Should().Be("Row 1");
    }

    [Fact]
    public async Task Insert_stores_a_code_in_upper_case_and_trimmed_where_the_schema_says_so()
    {
        var field = (await ReadSchemaAsync()).Find(Table.BusinessKey)!;
        var written = Table.KeyOf(1).ToLowerInvariant();

        var result = await WriteOneAsync(Insert(1, Write(Table.BusinessKey, written)));

        (await ReadOneAsync(result.Id))[Table.BusinessKey].AsText().Should().Be(field.IsCode ? Table.KeyOf(1) : written);
    }

    [Fact]
    public async Task Update_writes_the_fields_that_are_named_and_leaves_the_others()
    {
        var id = await SeedOneAsync(1, [Write(Table.OtherText, "Oslo"), new FieldWrite(Table.Samples[0].Name, Table.Samples[0].Values[0])]);
        var before = await ReadOneAsync(id);

        var result = await WriteOneAsync(Update(id, before.Version, Write(Table.Text, "new")));

        result.Should().BeEquivalentTo(new { Status = WriteStatus.Applied, Id = id, Error = (SyncError?)null });
        var after = await ReadOneAsync(id);
        after[Table.Text].AsText().Should().Be("new");
        after.Version.Should().NotBe(before.Version);
        Fields.Where(field => field != Table.Text).Should().OnlyContain(field => after[field] == before[field]);
        ShouldTellTheTruth(result, after);
    }

    [Fact]
    public async Task Update_round_trips_every_type_of_field_and_a_blank_clears_it()
    {
        var schema = (await Connector.GetSchemaAsync(Table.Name, default))!;
        var id = await SeedOneAsync(1);
        foreach (var sample in Table.Samples)
        {
            foreach (var value in sample.Values)
            {
                (await WriteOneAsync(Update(id, null, new FieldWrite(sample.Name, value)))).Status.Should().Be(WriteStatus.Applied, "'{0}' takes it", sample.Name);
                (await ReadOneAsync(id))[sample.Name].Should().Be(value, "'{0}' holds it", sample.Name);
            }

            (await WriteOneAsync(Update(id, null, new FieldWrite(sample.Name, FieldValue.Blank)))).Status.Should().Be(WriteStatus.Applied);
            (await ReadOneAsync(id))[sample.Name].Should().Be(Zeros.OrBlank(schema.Find(sample.Name)!), "'{0}' was cleared", sample.Name);
        }
    }

    [Fact]
    public async Task Update_with_a_blank_clears_a_text()
    {
        var id = await SeedOneAsync(1, Write(Table.OtherText, "Oslo"));

        var result = await WriteOneAsync(Update(id, (await ReadOneAsync(id)).Version, new FieldWrite(Table.OtherText, FieldValue.Blank)));

        result.Status.Should().Be(WriteStatus.Applied);
        (await ReadOneAsync(id))[Table.OtherText].IsBlank.Should().BeTrue();
    }

    [Fact]
    public async Task Writes_round_trip_every_text_within_its_length()
    {
        var number = 0;

        await Texts.Array[30].SampleAsync(
            async texts =>
            {
                var inserted = await WriteAsync([.. texts.Select(text => Insert(Interlocked.Increment(ref number), Write(Table.Text, text)))]);
                var records = (await ReadByIdAsync([.. inserted.Select(result => result.Id)])).ToDictionary(record => record.Id);
                inserted.Select(result => records[result.Id][Table.Text].AsText()).Should().Equal(texts);
            },
            iter: 4,
            threads: 1);
    }

    [Fact]
    public async Task Update_without_a_version_writes_whatever_the_version_is()
    {
        var id = await SeedOneAsync(1);
        await System.UpdateAsync(id, [Write(Table.OtherText, "theirs")]);

        (await WriteOneAsync(Update(id, null, Write(Table.Text, "ours")))).Status.Should().Be(WriteStatus.Applied);

        var record = await ReadOneAsync(id);
        (record[Table.Text].AsText(), record[Table.OtherText].AsText()).Should().Be(("ours", "theirs"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Update_of_a_missing_record_creates_nothing(bool withVersion)
    {
        var id = await SeedOneAsync(1);
        var version = (await ReadOneAsync(id)).Version;
        await System.DeleteAsync(id);

        var result = await WriteOneAsync(Update(id, withVersion ? version : null, Write(Table.Text, "back")));

        result.Status.Should().Be(WriteStatus.NotFound);
        result.Error.Should().NotBeNull();
        (await ReadKeysAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_removes_the_record_and_nothing_else()
    {
        var ids = await SeedAsync(3);

        var results = await WriteAsync(Delete(ids[0]), Delete(ids[2], (await ReadOneAsync(ids[2])).Version));

        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        results.Select(result => result.Id).Should().Equal(ids[0], ids[2]);
        (await ReadKeysAsync()).Should().Equal(ids[1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delete_of_a_missing_record_counts_as_done(bool withVersion)
    {
        var id = await SeedOneAsync(1);
        var version = (await ReadOneAsync(id)).Version;
        await System.DeleteAsync(id);

        var result = await WriteOneAsync(Delete(id, withVersion ? version : null));

        result.Should().BeEquivalentTo(new { Status = WriteStatus.Applied, Error = (SyncError?)null });
    }

    [Fact]
    public async Task Writes_of_all_kinds_travel_in_one_batch()
    {
        var ids = await SeedAsync(2);

        var results = await WriteAsync(Delete(ids[0]), Insert(2), Update(ids[1], null, Write(Table.Text, "new")));

        results.Select(result => result.Status).Should().OnlyContain(status => status == WriteStatus.Applied);
        (await ReadKeysAsync()).Should().BeEquivalentTo([ids[1], results[1].Id]);
        (await ReadOneAsync(ids[1]))[Table.Text].AsText().Should().Be("new");
    }

    [Fact]
    public async Task Write_of_nothing_answers_nothing() => (await WriteAsync()).Should().BeEmpty();

    [Fact]
    public async Task Own_writes_come_back_in_the_feed_with_the_version_that_was_told()
    {
        var checkpoint = await ReadCheckpointAsync();
        var result = await WriteOneAsync(Insert(1));

        var record = Latest(await ReadFeedAsync(Query(checkpoint)), result.Id)!;

        record.Version.Should().Be(result.Version ?? record.Version);
        record.Version.Should().Be((await ReadOneAsync(result.Id)).Version);
    }

    /// <summary>What an answer claims about the record must be what a read finds.</summary>
    private void ShouldTellTheTruth(WriteResult result, TableRecord record)
    {
        (result.Version ?? record.Version).Should().Be(record.Version);
        if (result.Record is { } told)
        {
            told.Id.Should().Be(record.Id);
            told.Version.Should().Be(record.Version);
            Fields.Where(field => told.Layout.IndexOf(field) >= 0).Should().NotBeEmpty()
                .And.OnlyContain(field => told[field] == record[field]);
        }
    }
}
