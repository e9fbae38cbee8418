namespace Dataverse.Sync.Conformance;

public abstract partial class TableConnectorConformance
{
    [Fact]
    public async Task Insert_is_not_sent_after_its_time()
    {
        var result = (await WriteLateAsync(Insert(1))).Should().ContainSingle().Subject;

        result.Status.Should().Be(WriteStatus.Transient);
        result.Error.Should().NotBeNull();
        (await ReadKeysAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Update_without_a_version_is_not_sent_after_its_time()
    {
        var id = await SeedOneAsync(1);

        var result = (await WriteLateAsync(Update(id, null, Write(Table.Text, "late")))).Should().ContainSingle().Subject;

        result.Status.Should().Be(WriteStatus.Transient);
        (await ReadOneAsync(id))[Table.Text].AsText().Should().Be("Row 1");
    }

    [Fact]
    public async Task Update_with_a_version_is_answered_truthfully_after_its_time()
    {
        var id = await SeedOneAsync(1);

        var result = (await WriteLateAsync(Update(id, (await ReadOneAsync(id)).Version, Write(Table.Text, "late")))).Should().ContainSingle().Subject;

        // A system that does not compare versions does not recognize a repetition.
        result.Status.Should().BeOneOf(WriteStatus.Applied, WriteStatus.Transient);
        (await ReadOneAsync(id))[Table.Text].AsText().Should().Be(result.Status == WriteStatus.Applied ? "late" : "Row 1");
    }

    [Fact]
    public async Task Deletion_is_not_sent_after_its_time_although_the_version_is_the_expected_one()
    {
        var id = await SeedOneAsync(1);

        var result = (await WriteLateAsync(Delete(id, (await ReadOneAsync(id)).Version))).Should().ContainSingle().Subject;

        result.Status.Should().Be(WriteStatus.Transient);
        (await ReadOneAsync(id))[Table.Text].AsText().Should().Be("Row 1");
    }

    [Fact]
    public async Task Late_deletion_does_not_keep_an_update_of_the_same_batch_from_its_true_answer()
    {
        var (kept, changed) = (await SeedOneAsync(1), await SeedOneAsync(2));

        var results = await WriteLateAsync(
            Delete(kept, (await ReadOneAsync(kept)).Version),
            Update(changed, (await ReadOneAsync(changed)).Version, Write(Table.Text, "late")));

        results[0].Status.Should().Be(WriteStatus.Transient);
        (await ReadOneAsync(kept))[Table.Text].AsText().Should().Be("Row 1");
        (await ReadOneAsync(changed))[Table.Text].AsText().Should().Be(results[1].Status == WriteStatus.Applied ? "late" : "Row 2");
    }

    [Fact]
    public async Task Writes_are_sent_before_their_time()
    {
        var batch = new WriteBatch(Table.Name, [Insert(1)]) { SendBefore = DateTimeOffset.MaxValue };

        (await Connector.WriteAsync(batch, default)).Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Applied);
    }

    [Fact]
    public async Task The_clock_of_the_batch_tells_whether_its_time_is_over()
    {
        var late = new WriteBatch(Table.Name, [Insert(1)]) { SendBefore = DateTimeOffset.UnixEpoch, Clock = new StoppedClock(DateTimeOffset.UnixEpoch.AddTicks(1)) };
        var timely = new WriteBatch(Table.Name, [Insert(2)]) { SendBefore = DateTimeOffset.UnixEpoch, Clock = new StoppedClock(DateTimeOffset.UnixEpoch.AddTicks(-1)) };

        (await Connector.WriteAsync(late, default)).Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Transient);
        (await Connector.WriteAsync(timely, default)).Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Applied);
    }

    private Task<IReadOnlyList<WriteResult>> WriteLateAsync(params IReadOnlyList<WriteOperation> operations) =>
        Connector.WriteAsync(new WriteBatch(Table.Name, operations) { SendBefore = DateTimeOffset.MinValue }, default);

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => 0;
    }
}
