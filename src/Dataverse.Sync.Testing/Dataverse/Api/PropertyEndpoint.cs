using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads, writes and clears single columns by their own URL.</summary>
internal sealed class PropertyEndpoint(RowEndpoint rows)
{
    public EmulatorResponse Handle(ApiRequest request, RowAddress address, string property, bool isRaw)
    {
        OptionRules.None(request);
        if (!address.Table.TryGetByProperty(property, out var column) || column.Name == address.Table.Key)
        {
            throw DataverseErrors.BadQuery($"The property '{property}' cannot be addressed.");
        }

        if (column.Type is DataverseColumnType.File or DataverseColumnType.Image && (isRaw || request.Method != "GET"))
        {
            throw new DataverseErrorException(
                501, DataverseErrors.QueryError, $"The emulator holds no files and pictures: '{property}'.");
        }

        return request.Method switch
        {
            "GET" => PropertyValue(request, address, column, isRaw),
            "PUT" when !column.IsLookup =>
                rows.SetColumn(request, address, _ => (column.Name, SingleValue(request, column))),
            "DELETE" when !column.IsLookup => rows.SetColumn(request, address, _ => (column.Name, null)),
            _ => throw DataverseErrors.MethodNotAllowed(request.Method),
        };
    }

    private static EmulatorResponse PropertyValue(
        ApiRequest request, RowAddress address, DataverseColumn column, bool isRaw)
    {
        var state = request.Session.State;
        var row = address.Get(state);
        if (state.Hidden.Shown(row.Table, column.Name, row[column.Name]) is not { } value)
        {
            return DataverseResponses.Empty();
        }

        if (isRaw)
        {
            var text = JsonDocument.Parse(
                DataverseResponses.Json(
                    200, json => WriteNamed(json, "value", column, value)).Body).RootElement.GetProperty("value");
            return DataverseResponses.Text("text/plain", text.ToString());
        }

        return DataverseResponses.Json(200, json =>
        {
            json.WriteString(
                "@odata.context", $"{request.Root}$metadata#{address.Table.SetName}({row.Id})/{column.PropertyName}");
            WriteNamed(json, "value", column, value);
        });
    }

    private static void WriteNamed(Utf8JsonWriter json, string name, DataverseColumn column, object value)
    {
        json.WritePropertyName(name);
        RowSerializer.WriteValue(json, column, value);
    }

    private static object? SingleValue(ApiRequest request, DataverseColumn column) =>
        request.JsonBody().TryGetProperty("value", out var value)
            ? JsonValueReader.Read(column, value)
            : throw DataverseErrors.BadPayload("The body has no member 'value'.");
}
