using System.Globalization;

namespace Dataverse.Sync.Testing;

/// <summary>Executes writes to one table, each atomically: checks, normalizes, stamps, and stores.</summary>
internal sealed class RowWriter
{
    private TableSchema schema;
    private readonly RecordLayout layout;
    private readonly InMemoryTableOptions options;
    private readonly Visibility visibility;
    private readonly RowStore store;
    private readonly SystemState system;
    private readonly FieldRules rules;
    private readonly NumberSeries? series;
    private readonly int keyOrdinal;
    private readonly int businessKeyOrdinal;
    private readonly int stampOrdinal;

    public RowWriter(
        TableSchema schema, RecordLayout layout, InMemoryTableOptions options, RowStore store, SystemState system,
        Visibility visibility)
    {
        this.visibility = visibility;
        (this.schema, this.layout, this.options, this.store, this.system) = (schema, layout, options, store, system);
        rules = new FieldRules(schema, layout, options);
        series = options.FirstNumber is { } first ? new NumberSeries(first) : null;
        keyOrdinal = layout.IndexOf(schema.KeyField);
        businessKeyOrdinal = schema.BusinessKeyField is { } field ? layout.IndexOf(field) : -1;
        stampOrdinal = options.ModifiedOnField is { } stamp ? layout.IndexOf(stamp) : -1;
    }

    /// <summary>Carries out a write.</summary>
    /// <param name="operation">The write.</param>
    /// <param name="asSystem">
    /// Whether it comes from behind the connector, where no field is read-only and an insert's id is always kept.
    /// </param>
    public WriteResult Write(WriteOperation operation, bool asSystem)
    {
        if (!asSystem && !schema.IsWritable)
        {
            return Refused(
                WriteStatus.Rejected,
                new SyncError(InMemoryErrorCodes.TableNotWritable, $"Table '{schema.Name}' cannot be written to."));
        }

        lock (store.Gate)
        {
            if (!asSystem && visibility.IsHidden(operation.Id))
            {
                return Refused(
                    WriteStatus.Rejected,
                    new SyncError(InMemoryErrorCodes.AccessDenied, $"A record of table '{schema.Name}' is hidden."));
            }

            return operation.Kind switch
            {
                WriteKind.Insert => Insert(operation, asSystem),
                WriteKind.Update => Update(operation, asSystem),
                _ => Delete(operation),
            };
        }
    }

    /// <summary>Takes over other definitions of the same fields.</summary>
    public void Change(TableSchema changed, InMemoryTableOptions changedOptions)
    {
        lock (store.Gate)
        {
            schema = changed;
            rules.Change(changed, changedOptions);
        }
    }

    /// <summary>Changes the stamp of a record without changing its fields.</summary>
    public void Restamp(Guid id, DateTimeOffset stamp)
    {
        lock (store.Gate)
        {
            var record = store.Find(id) ?? throw new KeyNotFoundException($"Table '{schema.Name}' has no record {id}.");
            _ = Keep(id, record.Values.ToArray(), SystemState.Round(stamp, options.StampResolution));
        }
    }

    private WriteResult Insert(WriteOperation operation, bool asSystem)
    {
        var isChosen = operation.Id != Guid.Empty && (schema.KeepsChosenIds || asSystem);
        if (isChosen && store.Find(operation.Id) is not null)
        {
            return Refused(
                WriteStatus.AlreadyExists,
                new SyncError(InMemoryErrorCodes.DuplicateId, $"Table '{schema.Name}' has a record with this id."));
        }

        var values = rules.Empty();
        return rules.Apply(operation.Fields, values, WriteKind.Insert, asSystem) is { } error
            ? Refused(WriteStatus.Rejected, error)
            : Complete(isChosen ? operation.Id : system.NextId(), values);
    }

    private WriteResult Update(WriteOperation operation, bool asSystem)
    {
        if (store.Find(operation.Id) is not { } record)
        {
            return Refused(
                WriteStatus.NotFound,
                new SyncError(InMemoryErrorCodes.RecordNotFound, $"Table '{schema.Name}' has no such record."));
        }

        if (IsStale(operation, record))
        {
            return Stale();
        }

        var values = record.Values.ToArray();
        return rules.Apply(operation.Fields, values, WriteKind.Update, asSystem) is { } error
            ? Refused(WriteStatus.Rejected, error)
            : Complete(operation.Id, values);
    }

    private WriteResult Delete(WriteOperation operation)
    {
        if (store.Find(operation.Id) is { } record)
        {
            if (IsStale(operation, record))
            {
                return Stale();
            }

            store.Remove(operation.Id, system.NextSequence());
        }

        return new WriteResult { Status = WriteStatus.Applied, Id = operation.Id };
    }

    private WriteResult Complete(Guid id, FieldValue[] values)
    {
        if (businessKeyOrdinal >= 0)
        {
            if (values[businessKeyOrdinal].IsBlank && series is not null)
            {
                values[businessKeyOrdinal] = NextNumber(series);
            }
            else if (IsTaken(values[businessKeyOrdinal], id))
            {
                return Refused(WriteStatus.AlreadyExists, new SyncError(
                    InMemoryErrorCodes.DuplicateKey, $"Table '{schema.Name}' has a record with this key.",
                    schema.BusinessKeyField));
            }
        }

        return rules.FindMissing(values) is { } missing
            ? Refused(WriteStatus.Rejected, missing)
            : Answer(Keep(id, values, system.Now(options.StampResolution)));
    }

    private TableRecord Keep(Guid id, FieldValue[] values, DateTimeOffset stamp)
    {
        values[keyOrdinal] = FieldValue.Identifier(id);
        if (stampOrdinal >= 0)
        {
            values[stampOrdinal] = FieldValue.DateTime(stamp);
        }

        var sequence = system.NextSequence();
        var version = string.Create(CultureInfo.InvariantCulture, $"W/\"{sequence}\"");
        var record = new TableRecord(layout, id, values, version, stamp);
        store.Put(record, sequence);
        return record;
    }

    private FieldValue NextNumber(NumberSeries numbers)
    {
        while (true)
        {
            var number = FieldValue.Text(numbers.Next());
            if (!IsTaken(number, Guid.Empty))
            {
                return number;
            }
        }
    }

    private bool IsTaken(FieldValue businessKey, Guid owner) =>
        !businessKey.IsBlank && store.Find(businessKeyOrdinal, businessKey).Any(id => id != owner);

    private static bool IsStale(WriteOperation operation, TableRecord record) =>
        operation.ExpectedVersion is { } expected && expected != record.Version;

    private WriteResult Answer(TableRecord record) => new()
    {
        Status = WriteStatus.Applied,
        Id = record.Id,
        Version = options.Answer == WriteAnswer.Nothing ? null : record.Version,
        Record = options.Answer == WriteAnswer.Record ? visibility.Shown(record) : null,
    };

    private WriteResult Stale() =>
        Refused(
            WriteStatus.VersionMismatch,
            new SyncError(
                InMemoryErrorCodes.VersionMismatch, $"A record of table '{schema.Name}' has another version."));

    // The checks enforce the schema as it is now, so what they refuse contradicts an older one.
    private static WriteResult Refused(WriteStatus status, SyncError error) => new()
    {
        Status = status,
        Error = error,
        ContradictsSchema = error.Code is InMemoryErrorCodes.FieldNotFound
            or InMemoryErrorCodes.FieldNotWritable
            or InMemoryErrorCodes.OptionNotFound
            or InMemoryErrorCodes.TextTooLong
            or InMemoryErrorCodes.WrongType,
    };
}
