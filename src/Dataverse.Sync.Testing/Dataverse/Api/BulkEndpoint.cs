using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>CreateMultiple, UpdateMultiple and UpsertMultiple: one transaction each, all or nothing.</summary>
internal sealed class BulkEndpoint(DataverseEmulatorOptions options, DataverseRowWriter writer, RowEndpoint rows)
{
    private readonly BulkWriter bulk = new(options, writer);

    public EmulatorResponse Handle(ApiRequest request, DataverseTableSchema table, string message)
    {
        if (message == "DeleteMultiple")
        {
            throw new DataverseErrorException(501, "0x80040203", "DeleteMultiple has not yet been implemented.");
        }

        BulkWriter.CheckOffered(table, message);
        var targets = Targets(request, table);
        bulk.CheckCount(targets.Count);
        return message switch
        {
            "CreateMultiple" => Create(request, table, targets),
            "UpdateMultiple" => Update(request, table, targets),
            _ => Upsert(request, table, targets),
        };
    }

    private static List<JsonElement> Targets(ApiRequest request, DataverseTableSchema table)
    {
        if (!request.JsonBody().TryGetProperty("Targets", out var targets)
            || targets.ValueKind is not JsonValueKind.Array)
        {
            throw DataverseErrors.BadPayload("The body has no array 'Targets'.");
        }

        foreach (var target in targets.EnumerateArray())
        {
            var type = target.ValueKind is JsonValueKind.Object && target.TryGetProperty("@odata.type", out var given)
                ? given.ToString()
                : null;
            if (type?.TrimStart('#') != $"{DataverseSchema.Namespace}.{table.LogicalName}")
            {
                throw DataverseErrors.BadPayload(
                    $"Every target needs the '@odata.type' {DataverseSchema.Namespace}.{table.LogicalName}.");
            }
        }

        return [.. targets.EnumerateArray()];
    }

    private EmulatorResponse Create(ApiRequest request, DataverseTableSchema table, List<JsonElement> targets)
    {
        var ids = request.Session.Write(transaction =>
        {
            // All targets are read before the first is written, so a target cannot refer to another of the same request.
            var changes = targets.ConvertAll(target => Read(request, transaction, table, target, isCreate: true));
            return bulk.Create(transaction, table, changes);
        });
        return DataverseResponses.Json(200, json =>
        {
            json.WriteString(
                "@odata.context", $"{request.Root}$metadata#{DataverseSchema.Namespace}.CreateMultipleResponse");
            json.WriteStartArray("Ids");
            foreach (var id in ids)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
        });
    }

    private EmulatorResponse Update(ApiRequest request, DataverseTableSchema table, List<JsonElement> targets) =>
        request.Session.Write(transaction =>
        {
            var changes = targets.ConvertAll(target => Read(request, transaction, table, target, isCreate: false));
            bulk.Update(transaction, table, changes);
            return DataverseResponses.Empty();
        });

    private EmulatorResponse Upsert(ApiRequest request, DataverseTableSchema table, List<JsonElement> targets) =>
        request.Session.Write(transaction =>
        {
            var upserts = targets.ConvertAll(target => (
                Address: AddressOf(request, transaction, table, target),
                Change: Read(request, transaction, table, target, isCreate: true)));
            if (upserts.GroupBy(upsert => Identity(upsert.Address))
                .Any(group => group.Key is not null && group.Count() > 1))
            {
                throw DataverseErrors.InvalidArgument("UpsertMultiple does not take two targets with the same key.");
            }

            foreach (var (address, change) in upserts)
            {
                UpsertOne(transaction, table, address, change);
            }

            return DataverseResponses.Empty();
        });

    private void UpsertOne(
        DataverseTransaction transaction, DataverseTableSchema table, RowAddress? address, RowChange change)
    {
        if (address is null)
        {
            _ = writer.Create(transaction, table, change);
            return;
        }

        if (address.Key is not null && address.Find(transaction.State) is null
            && address.KeyValues.Keys.Any(column => change.TryGet(column, out _)))
        {
            throw new DataverseErrorException(
                400, "0x80040216", "An unexpected error occurred: a key column is given twice.");
        }

        _ = rows.Upsert(transaction, address, change, new WriteCondition());
    }

    private RowAddress? AddressOf(
        ApiRequest request, DataverseTransaction transaction, DataverseTableSchema table, JsonElement target)
    {
        if (target.TryGetProperty("@odata.id", out var url) && url.ValueKind is JsonValueKind.String)
        {
            return rows.References(request, transaction.State).Address(url.GetString()!);
        }

        return target.TryGetProperty(table.Key, out var key) && key.TryGetGuid(out var id)
            ? new RowAddress(table, id, null, new Dictionary<string, object?>())
            : null;
    }

    private static string? Identity(RowAddress? address) => address switch
    {
        null => null,
        { Id: { } id } => id.ToString(),
        _ => string.Join(
            '\u0001',
            address.KeyValues.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => pair.Value)).ToUpperInvariant(),
    };

    private RowChange Read(
        ApiRequest request, DataverseTransaction transaction, DataverseTableSchema table, JsonElement target,
        bool isCreate) =>
        new PayloadReader(transaction.State, rows.References(request, transaction.State)).Read(table, target, isCreate);
}
