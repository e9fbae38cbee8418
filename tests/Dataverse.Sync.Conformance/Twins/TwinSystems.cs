using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Conformance;

/// <summary>A system and its in-memory twin, whose table has the schema that the system's connector reports.</summary>
internal sealed class TwinSystems : IAsyncDisposable
{
    private const string Number = "T";
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);
    private static readonly string[] Texts = ["Atlanta", "Berlin", "ATLANTA", "Köln", " padded "];

    private readonly ConformanceSystem system;
    private readonly TableSchema schema;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero));
    private readonly InMemoryConnector memory;
    private readonly InMemoryTable table;
    private readonly List<TwinRow> rows = [];
    private Checkpoint? systemCheckpoint;
    private Checkpoint? memoryCheckpoint;
    private int numbers;

    private TwinSystems(ConformanceSystem system, TableSchema schema, InMemoryFlavor flavor, TimeSpan overlap)
    {
        this.system = system;
        this.schema = schema;
        memory = new InMemoryConnector(new InMemoryOptions { Flavor = flavor, TimeProvider = time });
        table = memory.AddTable(schema, InMemoryTableOptions.For(flavor) with { Overlap = overlap });
    }

    /// <summary>The number of fields that are written.</summary>
    public int FieldCount => system.Table.Samples.Count + 1;

    private List<string> Fields =>
        [system.Table.BusinessKey, system.Table.Text, system.Table.OtherText, .. system.Table.Samples.Select(sample => sample.Name)];

    public static async Task<TwinSystems> CreateAsync(ConformanceSystem system, InMemoryFlavor flavor, TimeSpan overlap) =>
        new(system, (await system.Connector.GetSchemaAsync(system.Table.Name, default))!, flavor, overlap);

    /// <summary>Does a step to both, and compares what they answer and show.</summary>
    public Task ApplyAsync(TwinStep step) => step.Kind switch
    {
        TwinStepKind.Insert => InsertAsync(step),
        TwinStepKind.WriteInsert => WriteInsertAsync(step),
        TwinStepKind.Poll => PollAsync(step),
        _ when rows.Count == 0 => Task.CompletedTask,
        _ => ApplyAsync(rows[step.Row % rows.Count], step),
    };

    public ValueTask DisposeAsync() => system.DisposeAsync();

    private Task ApplyAsync(TwinRow row, TwinStep step) => step.Kind switch
    {
        TwinStepKind.Write => WriteAsync(row, step, WriteKind.Update, [FieldOf(step)]),
        TwinStepKind.WriteDelete => WriteAsync(row, step, WriteKind.Delete, []),
        _ when table.Find(row.Memory) is null => Task.CompletedTask,
        TwinStepKind.Edit => EditAsync(row, step),
        TwinStepKind.Delete => DeleteAsync(row),
        _ => StampAheadAsync(row),
    };

    private async Task InsertAsync(TwinStep step)
    {
        var fields = NewRow(step, NextNumber());
        rows.Add(new((await system.InsertAsync([fields]))[0], table.Edit(WriteKind.Insert, Guid.Empty, fields)!.Id));
        await CompareAsync(rows[^1]);
    }

    private async Task EditAsync(TwinRow row, TwinStep step)
    {
        // The edits of others go past the rules of the connectors, which a blank may break.
        var field = FieldOf(step);
        if (!field.Value.IsBlank)
        {
            await system.UpdateAsync(row.System, [field]);
            _ = table.Edit(WriteKind.Update, row.Memory, [field]);
            await CompareAsync(row);
        }
    }

    private async Task DeleteAsync(TwinRow row)
    {
        await system.DeleteAsync(row.System);
        table.Delete(row.Memory);
        await CompareAsync(row);
    }

    private async Task StampAheadAsync(TwinRow row)
    {
        if (await system.StampAheadAsync(row.System, Ahead))
        {
            table.Restamp(row.Memory, time.GetUtcNow() + Ahead);
        }
    }

    private async Task WriteInsertAsync(TwinStep step)
    {
        var taken = step.Value % 3 == 0 && rows.Count > 0 ? await ReadAsync(system.Connector, rows[step.Row % rows.Count].System) : null;
        var number = taken is null ? NextNumber() : taken[system.Table.BusinessKey].AsText();
        var operation = new WriteOperation
        {
            Kind = WriteKind.Insert,
            Id = schema.KeepsChosenIds ? Guid.NewGuid() : Guid.Empty,
            Fields = NewRow(step, number),
        };
        var (ofSystem, ofMemory) = (await WriteAsync(system.Connector, operation), await WriteAsync(memory, operation));
        ofMemory.Status.Should().Be(ofSystem.Status, "the insert of {0} is answered so", number);
        if (ofSystem.Status == WriteStatus.Applied)
        {
            rows.Add(new(ofSystem.Id, ofMemory.Id));
            await CompareAsync(rows[^1]);
        }
    }

    private async Task WriteAsync(TwinRow row, TwinStep step, WriteKind kind, IReadOnlyList<FieldWrite> fields)
    {
        var (ofSystem, ofMemory) = (await ReadAsync(system.Connector, row.System), await ReadAsync(memory, row.Memory));
        var versions = (step.Value % 3) switch
        {
            0 => (null, null),
            1 => (ofSystem?.Version, ofMemory?.Version),
            _ => row.Seen ?? (ofSystem?.Version, ofMemory?.Version),
        };

        // The tag of a record that is edited back is that of before; a version of the in-memory table never comes again.
        var isCurrent = versions.Item1 == ofSystem?.Version;
        if (versions.Item1 is not null && ofSystem is not null && isCurrent != (versions.Item2 == ofMemory?.Version))
        {
            return;
        }

        row.Seen = (ofSystem?.Version, ofMemory?.Version);
        var operation = new WriteOperation { Kind = kind, Id = row.System, ExpectedVersion = versions.Item1, Fields = fields };
        var first = await WriteAsync(system.Connector, operation);
        var second = await WriteAsync(memory, operation with { Id = row.Memory, ExpectedVersion = versions.Item2 });
        second.Status.Should().Be(first.Status, "a write ({0}) is answered so: {1}", kind, first.Error?.Message);
        await CompareAsync(row);
    }

    private async Task PollAsync(TwinStep step)
    {
        system.PassTime(BetweenPolls);
        time.Advance(BetweenPolls);
        var filter = (step.Value % 3) switch
        {
            0 => null,
            1 => RecordFilter.Parse($"{system.Table.OtherText}=Atlanta").BindTo(schema),
            _ => RecordFilter.Parse($"{system.Table.OtherText}=Atlanta|Berlin").BindTo(schema),
        };
        var ofSystem = await ReadChangesAsync(system.Connector, filter, systemCheckpoint);
        var ofMemory = await ReadChangesAsync(memory, filter, memoryCheckpoint);
        (systemCheckpoint, memoryCheckpoint) = (ofSystem[^1].Checkpoint, ofMemory[^1].Checkpoint);

        ofMemory[0].Coverage.Should().Be(ofSystem[0].Coverage);
        Shown(ofMemory, filter, row => row.Memory).Should().BeEquivalentTo(Shown(ofSystem, filter, row => row.System));
        Deleted(ofMemory, row => row.Memory).Should().BeEquivalentTo(Deleted(ofSystem, row => row.System));
    }

    private async Task CompareAsync(TwinRow row)
    {
        var (ofSystem, ofMemory) = (await ReadAsync(system.Connector, row.System), await ReadAsync(memory, row.Memory));
        (ofMemory is null).Should().Be(ofSystem is null);
        if (ofSystem is not null && ofMemory is not null)
        {
            ValuesOf(ofMemory).Should().Equal(ValuesOf(ofSystem));
        }
    }

    private List<string> Shown(List<ChangePage> pages, RecordFilter? filter, Func<TwinRow, Guid> idOf) =>
    [
        .. pages.SelectMany(page => page.Records).Where(record => filter?.Matches(record) != false)
            .Select(record => $"{rows.FindIndex(row => idOf(row) == record.Id)}: {string.Join(", ", ValuesOf(record))}").Distinct(),
    ];

    private List<int> Deleted(List<ChangePage> pages, Func<TwinRow, Guid> idOf) =>
        [.. pages.SelectMany(page => page.Deleted).Select(id => rows.FindIndex(row => idOf(row) == id)).Distinct()];

    private List<string> ValuesOf(TableRecord record) => [.. Fields.Select(field => $"{field}={record[field]}")];

    private List<FieldWrite> NewRow(TwinStep step, string number)
    {
        var field = FieldOf(step);
        List<FieldWrite> fields = [new(system.Table.BusinessKey, FieldValue.Text(number)), .. system.Table.Always];
        return field.Value.IsBlank ? fields : [.. fields, field];
    }

    private FieldWrite FieldOf(TwinStep step)
    {
        var samples = system.Table.Samples;
        var number = step.Field % (samples.Count + 1);
        if (number == 0)
        {
            return new(system.Table.OtherText, FieldValue.Text(Texts[step.Value % Texts.Length]));
        }

        var values = samples[number - 1].Values;
        return new(samples[number - 1].Name, step.Value % 3 == 0 ? FieldValue.Blank : values[step.Value % values.Count]);
    }

    private string NextNumber() => $"{Number}{numbers++:D5}";

    private async Task<TableRecord?> ReadAsync(ITableConnector connector, Guid id) =>
        (await connector.ReadByIdAsync(new RecordQuery { Table = schema.Name, Fields = Fields, Ids = [id] }, default)).SingleOrDefault();

    private async Task<WriteResult> WriteAsync(ITableConnector connector, WriteOperation operation) =>
        (await connector.WriteAsync(new WriteBatch(schema.Name, [operation]), default)).Single();

    private async Task<List<ChangePage>> ReadChangesAsync(ITableConnector connector, RecordFilter? filter, Checkpoint? since)
    {
        var pages = new List<ChangePage>();
        var query = new ChangeQuery { Table = schema.Name, Fields = Fields, Filter = filter, Since = since };
        await foreach (var page in connector.ReadChangesAsync(query, default))
        {
            pages.Add(page);
        }

        return pages;
    }

    /// <summary>A row of both tables.</summary>
    private sealed class TwinRow(Guid system, Guid memory)
    {
        public Guid System { get; } = system;

        public Guid Memory { get; } = memory;

        /// <summary>The versions that were read before the last write.</summary>
        public (string? System, string? Memory)? Seen { get; set; }
    }
}
