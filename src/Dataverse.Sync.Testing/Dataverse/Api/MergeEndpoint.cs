using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The action <c>Merge</c>: merges a row into another one of the same table.</summary>
internal sealed class MergeEndpoint(DataverseRowWriter writer, RowEndpoint rows)
{
    public EmulatorResponse Handle(ApiRequest request)
    {
        if (request.Method != "POST")
        {
            throw DataverseErrors.MethodNotAllowed(request.Method);
        }

        var body = request.JsonBody();
        return request.Session.Write(transaction =>
        {
            var (table, survivor) = Row(transaction, body, "Target");
            var (other, subordinate) = Row(transaction, body, "Subordinate");
            if (other.LogicalName != table.LogicalName)
            {
                throw DataverseErrors.InvalidArgument("Rows of different tables cannot be merged.");
            }

            var content = body.TryGetProperty("UpdateContent", out var given) && given.ValueKind is JsonValueKind.Object
                ? new PayloadReader(transaction.State, rows.References(request, transaction.State))
                    .Read(table, given, isCreate: false) with
                { Id = null }
                : new RowChange(new Dictionary<string, object?>());
            writer.Merge(transaction, table, subordinate, survivor, content);
            return DataverseResponses.Empty();
        });
    }

    private static (DataverseTableSchema Table, DataverseRow Row) Row(
        DataverseTransaction transaction, JsonElement body, string parameter)
    {
        if (!body.TryGetProperty(parameter, out var given)
            || given.ValueKind is not JsonValueKind.Object
            || !given.TryGetProperty("@odata.type", out var type))
        {
            throw DataverseErrors.BadPayload($"The parameter '{parameter}' needs an object with an '@odata.type'.");
        }

        var name = type.ToString().TrimStart('#')[(DataverseSchema.Namespace.Length + 1)..];
        var table = transaction.State.Schema[name];
        var id = given.TryGetProperty(table.Key, out var key) && key.TryGetGuid(out var parsed) ? parsed : Guid.Empty;
        return (table, transaction.State.Find(name, id) ?? throw DataverseErrors.RowMissing(table, id));
    }
}
