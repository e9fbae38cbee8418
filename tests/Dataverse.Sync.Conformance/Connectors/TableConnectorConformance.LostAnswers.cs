namespace Dataverse.Sync.Conformance;

public abstract partial class TableConnectorConformance
{
    [Fact]
    public async Task Insert_whose_answer_is_lost_is_there_once_and_never_claimed_wrongly()
    {
        System.LoseNextAnswer();

        var result = await WriteOneAsync(Insert(1));

        // Only a chosen id lets a repetition be recognized; without one the connector must not try again.
        result.Status.Should().BeOneOf([WriteStatus.Unknown, .. Traits.KeepsChosenIds ? [WriteStatus.Applied] : Array.Empty<WriteStatus>()]);
        var id = (await ReadKeysAsync()).Should().ContainSingle().Subject;
        result.Id.Should().Be(result.Status == WriteStatus.Applied ? id : Guid.Empty);
        (result.Error is null).Should().Be(result.Status == WriteStatus.Applied);
    }

    [Fact]
    public async Task Update_with_a_version_whose_answer_is_lost_may_be_repeated()
    {
        var id = await SeedOneAsync(1);
        var version = (await ReadOneAsync(id)).Version;
        System.LoseNextAnswer();

        var result = await WriteOneAsync(Update(id, version, Write(Table.Text, "new")));

        // The repetition finds the version moved, by this very write for all the server says.
        result.Status.Should().BeOneOf(WriteStatus.Unknown, WriteStatus.Applied, WriteStatus.VersionMismatch);
        (await ReadOneAsync(id))[Table.Text].AsText().Should().Be("new");
    }

    [Fact]
    public async Task Update_without_a_version_whose_answer_is_lost_is_unknown_or_found_done()
    {
        var id = await SeedOneAsync(1);
        System.LoseNextAnswer();

        var result = await WriteOneAsync(Update(id, null, Write(Table.Text, "new")));

        // Repeated it might undo an edit made meanwhile; read again it may be seen to be done.
        result.Status.Should().BeOneOf(WriteStatus.Unknown, WriteStatus.Applied);
        (result.Error is null).Should().Be(result.Status == WriteStatus.Applied);
        var record = await ReadOneAsync(id);
        record[Table.Text].AsText().Should().Be("new");
        ShouldTellTheTruth(result, record);
    }

    [Fact]
    public async Task Delete_with_a_version_whose_answer_is_lost_is_done_or_unknown()
    {
        var id = await SeedOneAsync(1);
        var version = (await ReadOneAsync(id)).Version;
        System.LoseNextAnswer();

        var result = await WriteOneAsync(Delete(id, version));

        result.Status.Should().BeOneOf(WriteStatus.Unknown, WriteStatus.Applied);
        (await ReadKeysAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Batch_whose_answer_is_lost_answers_every_operation()
    {
        System.LoseNextAnswer();

        var results = await WriteAsync([.. Enumerable.Range(0, 10).Select(number => Insert(number))]);

        results.Should().HaveCount(10);
        results.Select(result => result.Status).Should().OnlyContain(status => status == WriteStatus.Applied || status == WriteStatus.Unknown);
        var ids = await ReadKeysAsync();
        ids.Should().HaveCount(10);
        results.Where(result => result.Status == WriteStatus.Applied).Select(result => result.Id).Should().BeSubsetOf(ids);
    }
}
