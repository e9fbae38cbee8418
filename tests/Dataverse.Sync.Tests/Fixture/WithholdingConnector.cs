using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A system that withholds values from the caller: it shows a blank, or a mask, in place of what it stores.</summary>
internal sealed class WithholdingConnector(ITableConnector inner, string table) : ITableConnector
{
    /// <summary>The fields whose values are withheld.</summary>
    public HashSet<string> Fields { get; } = [];

    /// <summary>The records whose values are withheld; null for all.</summary>
    public HashSet<Guid>? Records { get; set; }

    /// <summary>What the system shows instead.</summary>
    public FieldValue Shown { get; set; }

    /// <summary>Whether the fields can be written all the same.</summary>
    public bool CanWrite { get; set; } = true;

    /// <summary>Whether the schema says that the fields cannot be read.</summary>
    public bool IsTold { get; set; } = true;

    public string Name => inner.Name;

    public string Identity => inner.Identity;

    public async Task<TableSchema?> GetSchemaAsync(string name, CancellationToken cancellationToken)
    {
        var schema = await inner.GetSchemaAsync(name, cancellationToken);
        return schema is null || name != table || !IsTold
            ? schema
            : schema with { Fields = [.. schema.Fields.Select(field => Fields.Contains(field.Name) ? Withhold(field) : field)] };
    }

    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(
        ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in inner.ReadChangesAsync(query, cancellationToken))
        {
            yield return page with { Records = Withhold(query.Table, page.Records) };
        }
    }

    public async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) =>
        Withhold(query.Table, await inner.ReadByIdAsync(query, cancellationToken));

    public async Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) =>
        Withhold(query.Table, await inner.FindAsync(query, cancellationToken));

    public IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string name, CancellationToken cancellationToken) =>
        inner.ReadKeysAsync(name, cancellationToken);

    public Task<IReadOnlyList<DeletionCascade>> GetCascadesAsync(string table, CancellationToken cancellationToken) =>
        inner.GetCascadesAsync(table, cancellationToken);

    public Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        string name, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        inner.ProbeAsync(name, ids, cancellationToken);

    public async Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var results = await inner.WriteAsync(batch, cancellationToken);
        return
        [
            .. results.Select(result => result.Record is { } record ? result with { Record = Withhold(batch.Table, [record])[0] } : result),
        ];
    }

    private FieldSchema Withhold(FieldSchema field) =>
        field with { CanRead = false, CanInsert = field.CanInsert && CanWrite, CanUpdate = field.CanUpdate && CanWrite };

    private IReadOnlyList<TableRecord> Withhold(string name, IReadOnlyList<TableRecord> records) =>
        name == table && Fields.Count > 0 ? [.. records.Select(Withhold)] : records;

    private TableRecord Withhold(TableRecord record)
    {
        if (Records?.Contains(record.Id) == false)
        {
            return record;
        }

        var values = record.Values.ToArray();
        foreach (var place in Fields.Select(record.Layout.IndexOf).Where(place => place >= 0))
        {
            values[place] = Shown;
        }

        return new(record.Layout, record.Id, values, record.Version, record.ModifiedOn);
    }
}
