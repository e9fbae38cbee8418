namespace Dataverse.Sync.Conformance;

public abstract partial class TableConnectorConformance
{
    [Fact]
    public async Task Every_call_but_the_schema_names_a_missing_table_as_not_found()
    {
        const string missing = "no_such_table";
        Func<Task>[] calls =
        [
            async () => await Connector.ReadChangesAsync(new ChangeQuery { Table = missing, Fields = [] }, default).FirstAsync(),
            async () => await Connector.ReadKeysAsync(missing, default).FirstAsync(),
            () => Connector.ReadByIdAsync(new RecordQuery { Table = missing, Fields = [], Ids = [Guid.NewGuid()] }, default),
            () => Connector.FindAsync(new FieldQuery { Table = missing, Fields = [], Field = "name", Values = [FieldValue.Text("a")] }, default),
            () => Connector.WriteAsync(new WriteBatch(missing, [Update(Guid.NewGuid(), null, Write("name", "a"))]), default),
        ];

        foreach (var call in calls)
        {
            var refusal = (await call.Should().ThrowAsync<ConnectorException>()).Which;
            refusal.Failure.Should().Be(ConnectorFailure.NotFound);
            refusal.Connector.Should().Be(Connector.Name);
            refusal.Message.Should().Contain(missing);
        }
    }

    [Fact]
    public async Task Reads_of_a_missing_field_are_refused()
    {
        var id = await SeedOneAsync(1);
        const string missing = "no_such_field";
        Func<Task>[] calls =
        [
            async () => await Connector.ReadChangesAsync(new ChangeQuery { Table = Table.Name, Fields = [missing] }, default).FirstAsync(),
            () => Connector.ReadByIdAsync(new RecordQuery { Table = Table.Name, Fields = [missing], Ids = [id] }, default),
            () => FindAsync(missing, FieldValue.Text("a")),
        ];

        foreach (var call in calls)
        {
            (await call.Should().ThrowAsync<ConnectorException>()).Which.IsTransient.Should().BeFalse();
        }
    }

    [Fact]
    public async Task A_bad_row_is_rejected_and_holds_back_none_of_150()
    {
        var operations = Enumerable.Range(0, 150).Select(number => Insert(number)).ToList();
        operations[40] = Insert(40, Write("no_such_field", "a"));
        operations[149] = Insert(149, await TooLongAsync());

        var results = await WriteAsync(operations);

        results.Should().HaveCount(150);
        foreach (var rejected in new[] { results[40], results[149] })
        {
            rejected.Status.Should().Be(WriteStatus.Rejected);
            rejected.Id.Should().BeEmpty();
            rejected.Error!.Code.Should().NotBeNullOrWhiteSpace();
            rejected.Error.Message.Should().NotBeNullOrWhiteSpace();
        }

        results.Count(result => result.Status == WriteStatus.Applied).Should().Be(148);
        (await ReadKeysAsync()).Should().BeEquivalentTo(results.Where(result => result.Error is null).Select(result => result.Id));
    }

    [Fact]
    public async Task A_bad_update_is_rejected_whole_and_holds_back_no_other()
    {
        var ids = await SeedAsync(3);
        var versions = (await ReadByIdAsync([.. ids])).ToDictionary(record => record.Id, record => record.Version);

        var results = await WriteAsync(
            Update(ids[0], versions[ids[0]], Write(Table.Text, "new")),
            Update(ids[1], versions[ids[1]], Write(Table.OtherText, "new"), await TooLongAsync()),
            Update(ids[2], null, Write(Table.Text, "new")));

        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.Rejected, WriteStatus.Applied);
        var untouched = await ReadOneAsync(ids[1]);
        untouched[Table.OtherText].IsBlank.Should().BeTrue();
        untouched.Version.Should().Be(versions[ids[1]]);
    }

    [Fact]
    public async Task A_text_of_the_greatest_length_is_stored_whole()
    {
        var longest = new string('x', (await ReadSchemaAsync()).Find(Table.Text)!.MaxLength!.Value);

        var result = await WriteOneAsync(Insert(1, Write(Table.Text, longest)));

        result.Status.Should().Be(WriteStatus.Applied);
        (await ReadOneAsync(result.Id))[Table.Text].AsText().Should().Be(longest);
    }

    [Fact]
    public async Task A_field_that_cannot_be_written_is_rejected_or_left_as_it_is()
    {
        var id = await SeedOneAsync(1);
        var before = await ReadReadOnlyAsync(id);
        var schema = (await ReadSchemaAsync()).Find(Table.ReadOnly)!;

        var result = await WriteOneAsync(Update(id, null, new FieldWrite(Table.ReadOnly, Other(schema.Type))));

        result.Status.Should().BeOneOf(WriteStatus.Rejected, WriteStatus.Applied);
        var after = await ReadReadOnlyAsync(id);
        after.Should().NotBe(Other(schema.Type));
        after.Should().Match(value => result.Status == WriteStatus.Applied || ((FieldValue)value).Equals(before));
    }

    private async Task<FieldValue> ReadReadOnlyAsync(Guid id) =>
        (await Connector.ReadByIdAsync(new RecordQuery { Table = Table.Name, Fields = [Table.ReadOnly], Ids = [id] }, default))[0][Table.ReadOnly];

    private async Task<FieldWrite> TooLongAsync() =>
        Write(Table.Text, new string('x', (await ReadSchemaAsync()).Find(Table.Text)!.MaxLength!.Value + 1));

    private static FieldValue Other(FieldType type) => type switch
    {
        FieldType.Text or FieldType.Choice => FieldValue.Text("other"),
        FieldType.Boolean => FieldValue.Boolean(true),
        FieldType.Integer => FieldValue.Integer(-17),
        FieldType.Decimal => FieldValue.Decimal(-17.5m),
        FieldType.Date => FieldValue.Date(new DateOnly(1999, 9, 9)),
        FieldType.DateTime => FieldValue.DateTime(new DateTimeOffset(1999, 9, 9, 0, 0, 0, TimeSpan.Zero)),
        _ => FieldValue.Identifier(new Guid("99999999-9999-4999-8999-999999999999")),
    };
}
