using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// Reads a set that exists only under records of other sets, flattened: with the parents, or under few known ones.
/// </summary>
internal sealed class NestedReader(ServiceConnection service, RecordPages pages, BulkReader bulk, int pageSize)
{
    // Each parent costs a part per parent set; beyond one batch the parents are read whole.
    private const int MaxParts = 100;

    public async Task<IReadOnlyList<TableRecord>> ReadAllAsync(
        TableDefinition table, RecordShape shape, CancellationToken cancellationToken)
    {
        var reads = table.Parents.Select(parent => ReadParentsAsync(table, shape, parent, cancellationToken));
        var records = await Task.WhenAll(reads).ConfigureAwait(false);
        return [.. records.SelectMany(parent => parent)];
    }

    public async Task<IReadOnlyList<TableRecord>> FindAsync(
        TableDefinition table, RecordShape shape, string field, ValueSet? wanted, CancellationToken cancellationToken)
    {
        var found = wanted is not null && field == table.ParentField && wanted.Count * table.Parents.Count <= MaxParts
            ? await ReadUnderAsync(table, shape, wanted, cancellationToken).ConfigureAwait(false)
            : await ReadAllAsync(table, shape, cancellationToken).ConfigureAwait(false);
        return wanted is null ? found : [.. wanted.Keep(found, field, ServiceConnection.SystemName)];
    }

    private async Task<IReadOnlyList<TableRecord>> ReadUnderAsync(
        TableDefinition table, RecordShape shape, ValueSet parents, CancellationToken cancellationToken)
    {
        var urls = new List<string>();
        foreach (var set in table.Parents)
        {
            var path = await service.PathAsync(set, cancellationToken).ConfigureAwait(false);
            urls.AddRange(parents.Distinct
                .Where(parent => parent.Kind == FieldValueKind.Identifier)
                .Select(parent => service.Addresses.Relative($"{ServiceAddresses.Record(path, parent.AsIdentifier())}/{table.EntitySet}")));
        }

        return await bulk.ReadAsync(table.ApiRoot, urls, Operation(table), shape, cancellationToken, absentIsEmpty: true)
            .ConfigureAwait(false);
    }

    private async Task<List<TableRecord>> ReadParentsAsync(
        TableDefinition table, RecordShape shape, string parent, CancellationToken cancellationToken)
    {
        var records = new List<TableRecord>();
        var links = new List<string>();
        var parentShape = new RecordShape(
            // As a field of the parent the list has to come: without it, part of the table would look like all of it.
            new RecordLayout(parent, [table.EntitySet]),
            [
                new("id", JsonFields.Identifier, role: RecordRole.Id),
                new(table.EntitySet, (ref reader) => Collect(ref reader, shape, records), ordinal: 0),
                new($"{table.EntitySet}@odata.nextLink", (ref reader) => CollectLink(ref reader, links)),
            ])
        {
            CollectsAside = true,
        };
        var path = await service.PathAsync(parent, cancellationToken).ConfigureAwait(false);
        var address = service.Addresses.Absolute(table.ApiRoot, path, ("$select", "id"), ("$expand", table.EntitySet));
        var headers = Prefer.Header(Prefer.MaxPageSize(pageSize));
        var parents = pages.ReadAllAsync(address, Operation(table), parentShape, headers, cancellationToken);
        await foreach (var page in parents.ConfigureAwait(false))
        {
            _ = page;
        }

        foreach (var link in links.Select(link => service.Resolve(address, link)))
        {
            var children = pages.ReadAllAsync(link, Operation(table), shape, headers, cancellationToken);
            await foreach (var page in children.ConfigureAwait(false))
            {
                records.AddRange(page.Records);
            }
        }

        return records;
    }

    private static FieldValue Collect(ref Utf8JsonReader reader, RecordShape shape, List<TableRecord> records)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw JsonFields.NotA("list of records");
        }

        var reading = new RecordReader(shape);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            records.Add(reading.Read(ref reader, out _)!);
        }

        return default;
    }

    private static FieldValue CollectLink(ref Utf8JsonReader reader, List<string> links)
    {
        links.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw JsonFields.NotA("link"));
        return default;
    }

    private static string Operation(TableDefinition table) => $"read '{table.Name}'";
}
