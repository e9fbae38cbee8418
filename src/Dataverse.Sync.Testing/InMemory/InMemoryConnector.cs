using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Testing;

/// <summary>
/// A connector whose tables live in memory. It replaces Business Central or Dataverse in tests and benchmarks, with
/// fault injection, call counters, and a log of the writes.
/// </summary>
/// <remarks>
/// <para>
/// Add the tables before use. A test reads and edits them as another user through <see cref="InMemoryTable"/>. Records
/// are returned as they are stored, without copying, and carry all fields. With a fake time provider and one caller at
/// a time everything is deterministic, ids included.
/// </para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class InMemoryConnector : ITableConnector, IChoiceEditor
{
    private readonly InMemoryOptions options;
    private readonly TableSet tables;
    private readonly TargetCheck targets;
    private readonly WriteLog log;
    private readonly ConcurrentQueue<(InMemoryTable Table, Guid Id)> lateCascades = new();
    private long calls;

    /// <summary>Creates a system without tables.</summary>
    /// <param name="options">
    /// The cloud to replace, the clock, and the names; <see langword="null"/> for Dataverse with the clock of the
    /// computer.
    /// </param>
    public InMemoryConnector(InMemoryOptions? options = null)
    {
        this.options = options ?? new InMemoryOptions();
        Name = this.options.Name
            ?? (this.options.Flavor == InMemoryFlavor.Dataverse
                ? "Dataverse (in memory)"
                : "Business Central (in memory)");
        Identity = this.options.Identity ?? $"memory/{this.options.Flavor}";
        tables = new TableSet(Name, new SystemState(this.options));
        targets = new TargetCheck(tables);
        log = new WriteLog(this.options.KeepsWrites);
        Faults = new InMemoryFaults(Name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public TimeSpan PausedFor => Faults.PausedFor;

    /// <summary>Injects faults and hooks into the calls.</summary>
    public InMemoryFaults Faults { get; }

    /// <summary>Counts the calls by operation.</summary>
    public InMemoryCalls Calls { get; } = new();

    /// <summary>
    /// The number of writes that the connector has applied since the start or the last <see cref="ResetCounters"/>.
    /// </summary>
    /// <remarks>
    /// Counted even if <see cref="InMemoryOptions.KeepsWrites"/> is <see langword="false"/>.
    /// </remarks>
    public long RowsWritten => log.Count;

    /// <summary>
    /// The writes that the connector has applied since the start or the last <see cref="ResetCounters"/>, in order.
    /// </summary>
    /// <remarks>
    /// A deletion that finds no record is not a write. Empty if <see cref="InMemoryOptions.KeepsWrites"/> is
    /// <see langword="false"/>.
    /// </remarks>
    public IReadOnlyList<InMemoryWrite> Writes => log.Writes;

    /// <summary>Gets a table by name.</summary>
    /// <param name="table">The name; letter case matters.</param>
    /// <exception cref="KeyNotFoundException">No table with this name was added.</exception>
    public InMemoryTable this[string table] =>
        tables.Find(table) ?? throw new KeyNotFoundException($"{Name} has no table '{table}'.");

    /// <summary>Adds an empty table with the default behavior of the system's flavor.</summary>
    /// <param name="name">The name of the table.</param>
    /// <param name="define">Defines the fields and changes the behavior.</param>
    /// <returns>The table, for reading and editing it as another user.</returns>
    /// <exception cref="ArgumentException">A table with this name exists, or a field is defined twice.</exception>
    public InMemoryTable AddTable(string name, Action<InMemoryTableBuilder> define)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(define);
        var builder = new InMemoryTableBuilder(name, options.Flavor);
        define(builder);
        return AddTable(builder.Schema, builder.Options);
    }

    /// <summary>
    /// Adds an empty table with a complete schema. The system fills the key field and the stamp field.
    /// </summary>
    /// <param name="schema">The schema that the connector reports and that the table enforces.</param>
    /// <param name="tableOptions">
    /// The behavior of the table; <see langword="null"/> for the default of the system's flavor.
    /// </param>
    /// <returns>The table, for reading and editing it as another user.</returns>
    /// <exception cref="ArgumentException">
    /// A table with this name exists, or the schema lacks a field that it names.
    /// </exception>
    public InMemoryTable AddTable(TableSchema schema, InMemoryTableOptions? tableOptions = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return tables.Add(schema, tableOptions ?? InMemoryTableOptions.For(options.Flavor));
    }

    /// <summary>
    /// Merges a row into another one, as a user does: the row stays and refers to the survivor, and references to it lead
    /// to the survivor from now on.
    /// </summary>
    /// <param name="table">The name of the table, which is <see cref="InMemoryTableBuilder.Mergeable"/>.</param>
    /// <param name="subordinate">The id of the row that is merged.</param>
    /// <param name="survivor">The id of the row that remains.</param>
    /// <param name="fields">Further fields of the merged row that change, such as its state.</param>
    /// <exception cref="InvalidOperationException">Rows of the table cannot be merged, or one of them does not exist.</exception>
    public void Merge(
        string table, Guid subordinate, Guid survivor, params ReadOnlySpan<(string Field, object? Value)> fields)
    {
        var merging = this[table];
        var names = merging.Schema.MergeFields
            ?? throw new InvalidOperationException($"Rows of table '{table}' cannot be merged.");
        if (merging.Find(survivor) is null)
        {
            throw new InvalidOperationException($"Table '{table}' has no row {survivor}.");
        }

        (string Field, object? Value)[] facts =
            names.Flag is { } flag ? [(names.Survivor, survivor), (flag, true)] : [(names.Survivor, survivor)];
        _ = merging.Update(subordinate, [.. fields, .. facts]);
        foreach (var referring in tables.All)
        {
            foreach (var field in referring.Schema.Fields.Where(field => field.ReferencedTables.Contains(table)))
            {
                var (before, after) = (FieldValue.Reference(subordinate, table), FieldValue.Reference(survivor, table));
                foreach (var row in referring.Records.Where(row => row[field.Name] == before))
                {
                    _ = referring.Edit(WriteKind.Update, row.Id, [new(field.Name, after)]);
                }
            }
        }
    }

    /// <summary>Copies the rows of all tables, with their versions, stamps, and deletions.</summary>
    /// <returns>The copy, which later changes do not affect.</returns>
    public InMemoryBackup TakeBackup() => tables.TakeBackup();

    /// <summary>
    /// Restores the tables to the state of a backup. Rows inserted since then disappear, deleted rows return, and
    /// versions are issued again.
    /// </summary>
    /// <param name="backup">A backup of this connector.</param>
    /// <remarks>
    /// Checkpoints remain valid unless <see cref="InMemoryTable.ExpireCheckpoints"/> is called. Tables added after the
    /// backup become empty.
    /// </remarks>
    public void Restore(InMemoryBackup backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        tables.Restore(backup);
    }

    /// <summary>
    /// Sets <see cref="Calls"/> and <see cref="RowsWritten"/> to zero and empties <see cref="Writes"/>. Tables and
    /// faults do not change.
    /// </summary>
    public void ResetCounters()
    {
        Calls.Clear();
        log.Clear();
    }

    /// <inheritdoc/>
    public Task<SystemIdentity?> IdentifyAsync(CancellationToken cancellationToken) =>
        Task.FromResult(options.SystemIdentity);

    /// <summary>Deletes the rows that late cascades have left until now; see <see cref="InMemoryTableOptions.CascadesLate"/>.</summary>
    public void CompleteCascades()
    {
        while (lateCascades.TryDequeue(out var row))
        {
            row.Table.Delete(row.Id);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeletionCascade>> GetCascadesAsync(string table, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<DeletionCascade>>(
            InMemoryOperation.GetSchema,
            table,
            1,
            _ => [.. CascadesTo(table).Select(cascade => new DeletionCascade(cascade.Table.Schema.Name, cascade.Field))],
            cancellationToken);

    /// <inheritdoc/>
    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) =>
        CallAsync(InMemoryOperation.GetSchema, table, 1, _ => tables.Find(table)?.Schema, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(
        ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ChangeFeed? feed = null;
        for (var page = 0; page < (feed?.PageCount ?? 1); page++)
        {
            yield return await CallAsync(InMemoryOperation.ReadChanges, query.Table, page + 1, Read, cancellationToken)
                .ConfigureAwait(false);
        }

        ChangePage Read(InMemoryCall call)
        {
            feed ??= tables.Require(query.Table, [.. query.Fields, .. query.Filter?.Fields ?? []]).BeginFeed(query);
            return feed.Page(call.Page - 1);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The value is the next number, or the label where the options are texts.</remarks>
    public Task<FieldValue> AddOptionAsync(string table, string field, string label, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (tables.Find(table) is not { } found || found.Schema.Find(field) is not { Type: FieldType.Choice } choice)
        {
            throw new ConnectorException(
                Name, ConnectorFailure.Refused, $"{Name}: field '{field}' of table '{table}' is no choice.");
        }

        var existing = choice.Options.FirstOrDefault(
            option => string.Equals(option.Label, label, StringComparison.OrdinalIgnoreCase));
        if (existing is not null)
        {
            return Task.FromResult(existing.Value);
        }

        var isNumbered = choice.Options.All(option => option.Value.Kind == FieldValueKind.Integer);
        var value = isNumbered
            ? FieldValue.Integer(choice.Options.Select(option => option.Value.AsInteger()).DefaultIfEmpty().Max() + 1)
            : FieldValue.Text(label);
        found.ChangeField(field, before => before with { Options = [.. before.Options, new(value, label)] });
        return Task.FromResult(value);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync<IReadOnlyList<TableRecord>>(
            InMemoryOperation.ReadById, query.Table, 1, _ => tables.Require(query.Table, query.Fields).Read(query.Ids),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return CallAsync(
            InMemoryOperation.Probe, table, 1, _ => tables.Require(table, []).PresenceOf(ids), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(DiagnosisQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<DiagnosisFinding>>(
            [query.CompareClock(Name, options.TimeProvider.GetUtcNow())]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync<IReadOnlyList<TableRecord>>(
            InMemoryOperation.Find,
            query.Table,
            1,
            _ => tables.Require(query.Table, [.. query.Fields, query.Field]).Search(query.Field, query.Values),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(
        string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RecordVersion[]? keys = null;
        var pageSize = 1;
        for (var page = 0; page * pageSize < (keys?.Length ?? 1); page++)
        {
            yield return await CallAsync<IReadOnlyList<RecordVersion>>(
                InMemoryOperation.ReadKeys, table, page + 1, Read, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<RecordVersion> Read(InMemoryCall call)
        {
            keys ??= tables.Require(table, []).ListKeys();
            pageSize = this[table].Options.PageSize;
            var first = (call.Page - 1) * pageSize;
            return new ArraySegment<RecordVersion>(keys, first, Math.Min(pageSize, keys.Length - first));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return CallAsync<IReadOnlyList<WriteResult>>(InMemoryOperation.Write, batch.Table, 1, Write, cancellationToken);

        IReadOnlyList<WriteResult> Write(InMemoryCall call)
        {
            var table = tables.Require(batch.Table, []);
            RequireDistinct(batch);
            return [.. batch.Operations.Select(operation => WriteOne(call, table, operation, batch))];
        }
    }

    private WriteResult WriteOne(
        InMemoryCall call, InMemoryTable table, WriteOperation operation, WriteBatch batch)
    {
        var fault = Faults.StrikeWrite(call, operation);
        if ((batch.Clock ?? options.TimeProvider).GetUtcNow() > batch.SendBefore && !IsRecognizable(operation))
        {
            return TooLate;
        }

        switch (fault)
        {
            case InMemoryWriteFault.None:
                return Execute(table, operation);
            case InMemoryWriteFault.Doubled:
                _ = Execute(table, operation);
                return Execute(table, operation);
            case InMemoryWriteFault.AnswerLost:
                _ = Execute(table, operation);
                break;
            case InMemoryWriteFault.Late:
                Faults.Hold(() => Execute(table, operation));
                break;
            case InMemoryWriteFault.PartDone when operation.Fields.Count > 0:
                var half = operation.Fields.Take((operation.Fields.Count + 1) / 2);
                _ = Execute(table, operation with { Fields = [.. half] });
                break;
        }

        return new WriteResult
        {
            Status = StatusOf(fault),
            Error = new SyncError(InMemoryErrorCodes.InjectedFault, $"The test lets this write end as {fault}."),
        };
    }

    private static WriteResult TooLate => new()
    {
        Status = WriteStatus.Transient,
        Error = new SyncError(SyncErrorCodes.Transient, "The write was not sent, because the time for it was over."),
    };

    // A late insert would create a record again that was deleted meanwhile, and a late deletion delete one that has another
    // partner by then. An update is recognized by the version.
    private static bool IsRecognizable(WriteOperation operation) =>
        operation.Kind == WriteKind.Update && operation.ExpectedVersion is not null;

    private WriteResult Execute(InMemoryTable table, WriteOperation operation)
    {
        var isWrite = operation.Kind != WriteKind.Delete || table.Find(operation.Id) is not null;
        var result = targets.Refuse(table, operation) ?? table.Write(operation);
        if (isWrite && result.Status == WriteStatus.Applied)
        {
            log.Add(new InMemoryWrite(table.Schema.Name, operation.Kind, result.Id, operation.Fields));
            if (operation.Kind == WriteKind.Delete)
            {
                Cascade(table.Schema.Name, result.Id);
            }
        }

        return result;
    }

    private IEnumerable<(InMemoryTable Table, string Field)> CascadesTo(string table) =>
        from referring in tables.All
        from field in referring.Options.CascadingFields
        where referring.Schema.Find(field)?.ReferencedTables.Contains(table) == true
        select (referring, field);

    private void Cascade(string table, Guid id)
    {
        var parent = FieldValue.Reference(id, table);
        foreach (var (referring, field) in CascadesTo(table))
        {
            foreach (var row in referring.Records.Where(row => row[field] == parent))
            {
                if (referring.Options.CascadesLate)
                {
                    lateCascades.Enqueue((referring, row.Id));
                    continue;
                }

                referring.Delete(row.Id);
                Cascade(referring.Schema.Name, row.Id);
            }
        }
    }

    private static WriteStatus StatusOf(InMemoryWriteFault fault) => fault switch
    {
        InMemoryWriteFault.Transient => WriteStatus.Transient,
        InMemoryWriteFault.Rejected => WriteStatus.Rejected,
        _ => WriteStatus.Unknown,
    };

    private static void RequireDistinct(WriteBatch batch)
    {
        var ids = new HashSet<Guid>(batch.Operations.Count);
        if (!batch.Operations.All(operation => operation.Id == Guid.Empty || ids.Add(operation.Id)))
        {
            throw new ArgumentException($"A record occurs twice in a batch for table '{batch.Table}'.", nameof(batch));
        }
    }

    private async Task<T> CallAsync<T>(
        InMemoryOperation operation, string table, int page, Func<InMemoryCall, T> work,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Count(operation);
        var call = new InMemoryCall(Interlocked.Increment(ref calls), operation, table, page);
        await Faults.BeforeAsync(call, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var answer = work(call);
        await Faults.AfterAsync(call, cancellationToken).ConfigureAwait(false);
        return answer;
    }
}
