using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Adds options to choice columns, and publishes them so that records can have them.</summary>
internal sealed class ChoiceEditor(ServiceConnection service)
{
    private const string Languages = "organizations?$select=languagecode";

    /// <exception cref="ConnectorException">The column is no choice, or the service refuses or does not answer.</exception>
    public async Task<FieldValue> AddAsync(string table, string field, string label, CancellationToken cancellationToken)
    {
        var operation = $"add an option to '{field}' of '{table}'";
        var choices = await FindAsync(table, field, operation, cancellationToken).ConfigureAwait(false);
        if (ValueOf(choices, label) is { } known)
        {
            return FieldValue.Integer(known);
        }

        var languages = await ReadAsync(
            Languages, MetadataJson.Default.MetadataListLanguageRow, operation, cancellationToken).ConfigureAwait(false);
        var language = languages.Items is [{ LanguageCode: { } code }, ..] ? code : throw Malformed(operation);
        var global = choices.IsGlobal == true ? choices.Name : null;
        var inserted = await PostAsync(
            "InsertOptionValue",
            json => WriteOption(json, table, field, global, label, language),
            isRepeatable: false,
            operation,
            body => Parse(body, MetadataJson.Default.InsertedOption),
            cancellationToken).ConfigureAwait(false);
        _ = await PostAsync(
            "PublishXml",
            json => json.WriteString("ParameterXml", PublishedPart(table, global)),
            isRepeatable: true,
            operation,
            _ => true,
            cancellationToken).ConfigureAwait(false);
        return FieldValue.Integer(inserted.NewOptionValue ?? throw Malformed(operation));
    }

    private static int? ValueOf(AttributeDefinition.Choices choices, string label) => choices.Options?.FirstOrDefault(option =>
        option?.Label?.LocalizedLabels?.Any(localized =>
            string.Equals(localized?.Label, label, StringComparison.OrdinalIgnoreCase)) == true)?.Value;

    private static string PublishedPart(string table, string? global) => global is null
        ? $"<importexportxml><entities><entity>{table}</entity></entities></importexportxml>"
        : $"<importexportxml><optionsets><optionset>{global}</optionset></optionsets></importexportxml>";

    private static void WriteOption(
        Utf8JsonWriter json, string table, string field, string? global, string label, int language)
    {
        if (global is null)
        {
            json.WriteString("EntityLogicalName", table);
            json.WriteString("AttributeLogicalName", field);
        }
        else
        {
            json.WriteString("OptionSetName", global);
        }

        json.WriteStartObject("Label");
        json.WriteString("@odata.type", "Microsoft.Dynamics.CRM.Label");
        json.WriteStartArray("LocalizedLabels");
        json.WriteStartObject();
        json.WriteString("@odata.type", "Microsoft.Dynamics.CRM.LocalizedLabel");
        json.WriteString("Label", label);
        json.WriteNumber("LanguageCode", language);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task<AttributeDefinition.Choices> FindAsync(
        string table, string field, string operation, CancellationToken cancellationToken)
    {
        if (!DefinedName.IsTable(table))
        {
            throw NoChoice(table, field);
        }

        var columns = await ReadAsync(
            MetadataQueries.ChoicesOf(table), MetadataJson.Default.MetadataListAttributeDefinition, operation, cancellationToken)
            .ConfigureAwait(false);
        var column = columns.Items?.FirstOrDefault(column => column?.LogicalName == field);
        return column?.OptionSet is { Options: not null } own ? own : column?.GlobalOptionSet ?? throw NoChoice(table, field);
    }

    private async Task<T> ReadAsync<T>(
        string query, JsonTypeInfo<T> type, string operation, CancellationToken cancellationToken)
    {
        var call = HttpCall.Get(service.Addresses.Absolute(query), operation);
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        var answer = outcome.Answer ?? throw outcome.Failure!;
        return service.Guarded(operation, () => Parse(answer.Body, type));
    }

    private async Task<T> PostAsync<T>(
        string action,
        Action<Utf8JsonWriter> write,
        bool isRepeatable,
        string operation,
        Func<ReadOnlyMemory<byte>, T> read,
        CancellationToken cancellationToken)
    {
        var call = new HttpCall
        {
            Method = HttpMethod.Post,
            Address = service.Addresses.Absolute(action),
            Operation = operation,
            Body = BodyOf(write),
            ContentType = "application/json",
            IsRepeatable = isRepeatable,
        };
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        var answer = outcome.Answer ?? throw outcome.Failure!;
        return service.Guarded(operation, () => read(answer.Body));
    }

    private static ReadOnlyMemory<byte> BodyOf(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static T Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(body.Span, type) ?? throw new FormatException("The response is empty.");

    private ConnectorException NoChoice(string table, string field) => new(
        service.Name, ConnectorFailure.Refused, $"{service.Name}: '{field}' of '{table}' is no choice to which options can be added.");

    private ConnectorException Malformed(string operation) => new(
        service.Name, ConnectorFailure.MalformedAnswer, $"{service.Name}: the response to '{operation}' is incomplete.");
}
