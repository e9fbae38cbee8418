namespace Dataverse.Sync.Conformance;

/// <summary>What every <see cref="ITableConnector"/> guarantees, sentence by sentence of its documentation.</summary>
/// <remarks>
/// <para>To run a connector through it: derive a <see cref="ConformanceSystem"/> that knows how to set the system up and edit it from
/// behind, then a test class whose only member starts one:</para>
/// <code>
/// public sealed class MyConnectorConformance : TableConnectorConformance
/// {
///     protected override async Task&lt;ConformanceSystem&gt; StartAsync() => await MySystem.StartAsync();
/// }
/// </code>
/// <para>Every fact gets a system of its own with an empty table. A system that can behave in two ways (a switch of an emulator) gets
/// a class for each. <c>InMemoryConformanceSystem</c> in the core's tests is the shortest example.</para>
/// <para>The facts are in one file per topic.</para>
/// </remarks>
public abstract partial class TableConnectorConformance : IAsyncLifetime
{
    private ConformanceSystem? system;

    /// <summary>The system under test.</summary>
    protected ConformanceSystem System => system ?? throw new InvalidOperationException("The system is not started yet.");

    private ITableConnector Connector => System.Connector;

    private ConformanceTable Table => System.Table;

    private ConformanceTraits Traits => System.Traits;

    /// <summary>Starts a system with an empty table.</summary>
    protected abstract Task<ConformanceSystem> StartAsync();

    public async Task InitializeAsync() => system = await StartAsync();

    public async Task DisposeAsync()
    {
        if (system is not null)
        {
            await system.DisposeAsync();
        }
    }

    /// <summary>The values of the n-th row: its own business key and text, and what a row must have.</summary>
    private List<FieldWrite> Row(int number, params IEnumerable<FieldWrite> fields)
    {
        List<FieldWrite> row = [Write(Table.BusinessKey, Table.KeyOf(number)), Write(Table.Text, $"Row {number}"), .. Table.Always];
        foreach (var field in fields)
        {
            _ = row.RemoveAll(other => other.Field == field.Field);
            row.Add(field);
        }

        return row;
    }

    private static FieldWrite Write(string field, string text) => new(field, FieldValue.Text(text));

    /// <summary>Inserts rows 0, 1, … as another user.</summary>
    private async Task<IReadOnlyList<Guid>> SeedAsync(int count) => await System.InsertAsync([.. Enumerable.Range(0, count).Select(number => Row(number))]);

    private async Task<Guid> SeedOneAsync(int number, params IEnumerable<FieldWrite> fields) => (await System.InsertAsync([Row(number, fields)]))[0];

    /// <summary>An insert of the n-th row through the connector; its id follows from the number where the engine chooses it.</summary>
    private WriteOperation Insert(int number, params IEnumerable<FieldWrite> fields) => new()
    {
        Kind = WriteKind.Insert,
        Id = Traits.KeepsChosenIds ? new Guid(number + 1, 7, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 1]) : Guid.Empty,
        Fields = Row(number, fields),
    };

    private static WriteOperation Update(Guid id, string? version, params IReadOnlyList<FieldWrite> fields) =>
        new() { Kind = WriteKind.Update, Id = id, ExpectedVersion = version, Fields = fields };

    private static WriteOperation Delete(Guid id, string? version = null) => new() { Kind = WriteKind.Delete, Id = id, ExpectedVersion = version };

    private Task<IReadOnlyList<WriteResult>> WriteAsync(params IReadOnlyList<WriteOperation> operations) =>
        Connector.WriteAsync(new WriteBatch(Table.Name, operations), default);

    private async Task<WriteResult> WriteOneAsync(WriteOperation operation) => (await WriteAsync(operation)).Should().ContainSingle().Subject;

    /// <summary>The fields that the facts look at.</summary>
    private List<string> Fields => [Table.BusinessKey, Table.Text, Table.OtherText, .. Table.Samples.Select(sample => sample.Name)];

    private ChangeQuery Query(Checkpoint? since = null, int? pageSize = null) =>
        new() { Table = Table.Name, Fields = Fields, Since = since, PageSize = pageSize };

    private async Task<List<ChangePage>> ReadFeedAsync(ChangeQuery query, ITableConnector? connector = null)
    {
        var pages = new List<ChangePage>();
        await foreach (var page in (connector ?? Connector).ReadChangesAsync(query, default))
        {
            pages.Add(page);
        }

        pages.Should().NotBeEmpty("a feed without changes still ends with a checkpoint");
        pages[^1].Checkpoint.Should().NotBeNull("the last page always has one");
        pages.Select(page => page.Coverage).Distinct().Should().ContainSingle("the coverage is that of the feed");
        return pages;
    }

    private async Task<Checkpoint> ReadCheckpointAsync() => (await ReadFeedAsync(Query()))[^1].Checkpoint!;

    private Task<IReadOnlyList<TableRecord>> ReadByIdAsync(params IReadOnlyCollection<Guid> ids) =>
        Connector.ReadByIdAsync(new RecordQuery { Table = Table.Name, Fields = Fields, Ids = ids }, default);

    private async Task<TableRecord> ReadOneAsync(Guid id) => (await ReadByIdAsync(id)).Should().ContainSingle().Subject;

    private async Task<HashSet<Guid>> ReadKeysAsync()
    {
        var keys = new HashSet<Guid>();
        await foreach (var page in Connector.ReadKeysAsync(Table.Name, default))
        {
            keys.UnionWith(page.Select(key => key.Id));
        }

        return keys;
    }

    private static IEnumerable<Guid> Ids(IEnumerable<ChangePage> pages) => pages.SelectMany(page => page.Records).Select(record => record.Id);

    /// <summary>The last state that a feed delivered of a record; null when it delivered none.</summary>
    private static TableRecord? Latest(IEnumerable<ChangePage> pages, Guid id) =>
        pages.SelectMany(page => page.Records).LastOrDefault(record => record.Id == id);
}
