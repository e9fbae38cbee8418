using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The actions <c>InsertOptionValue</c>, for local choices, and <c>PublishXml</c>.</summary>
internal static class CustomizationEndpoint
{
    private const string Insertion = "InsertOptionValue";
    private const string Publication = "PublishXml";

    /// <summary>Executes an action; <see langword="null"/> if the resource is another one.</summary>
    public static EmulatorResponse? Handle(ApiRequest request)
    {
        if (request.Resource is not (Insertion or Publication))
        {
            return null;
        }

        OptionRules.None(request);
        return request.Method != "POST" ? throw DataverseErrors.MethodNotAllowed(request.Method)
            : request.Resource == Insertion ? Insert(request)
            : Publish(request);
    }

    private static EmulatorResponse Insert(ApiRequest request)
    {
        var body = request.JsonBody();
        var value = request.Store.AddOption(
            TextOf(body, "EntityLogicalName"),
            TextOf(body, "AttributeLogicalName"),
            body.TryGetProperty("Value", out var wanted) && wanted.ValueKind is JsonValueKind.Number ? wanted.GetInt32() : null,
            LabelOf(body));
        return DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", $"{request.Root}$metadata#Microsoft.Dynamics.CRM.InsertOptionValueResponse");
            json.WriteNumber("NewOptionValue", value);
        });
    }

    private static EmulatorResponse Publish(ApiRequest request)
    {
        try
        {
            var part = XDocument.Parse(TextOf(request.JsonBody(), "ParameterXml"));
            request.Store.Publish([.. part.Descendants("entity").Select(entity => entity.Value)]);
            return DataverseResponses.Empty();
        }
        catch (XmlException)
        {
            throw DataverseErrors.InvalidArgument("The parameter 'ParameterXml' is not XML.");
        }
    }

    private static string TextOf(JsonElement body, string parameter) =>
        body.TryGetProperty(parameter, out var text) && text.ValueKind is JsonValueKind.String
            ? text.GetString()!
            : throw DataverseErrors.BadPayload($"The parameter '{parameter}' is missing.");

    private static string LabelOf(JsonElement body) =>
        body.TryGetProperty("Label", out var label)
            && label.ValueKind is JsonValueKind.Object
            && label.TryGetProperty("LocalizedLabels", out var labels)
            && labels.ValueKind is JsonValueKind.Array
            && labels.GetArrayLength() > 0
            && labels[0].TryGetProperty("LanguageCode", out _)
                ? TextOf(labels[0], "Label")
                : throw DataverseErrors.BadPayload("The parameter 'Label' needs a label with a language.");
}
