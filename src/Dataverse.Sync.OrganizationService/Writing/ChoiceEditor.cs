using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Metadata;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Adds options to choice columns, and publishes them so that records can have them.</summary>
internal sealed class ChoiceEditor(ServiceConnection service)
{
    private const string NewValue = "NewOptionValue";
    private const string LanguageCode = "languagecode";

    /// <exception cref="ConnectorException">The column is no choice, or the service refuses or does not answer.</exception>
    public async Task<FieldValue> AddAsync(string table, string field, string label, CancellationToken cancellationToken)
    {
        var operation = $"add an option to '{field}' of '{table}'";
        var choices = await FindAsync(table, field, operation, cancellationToken).ConfigureAwait(false);
        if (ValueOf(choices, label) is { } known)
        {
            return FieldValue.Integer(known);
        }

        var language = await LanguageAsync(operation, cancellationToken).ConfigureAwait(false);
        var global = Members.Text(choices, "IsGlobal") == bool.TrueString ? Members.Text(choices, "Name") : null;
        var localized = new LocalizedLabel(label, language);
        var insertion = ServiceConnection.CallOf(
            InsertionOf(table, field, global, new Label(localized, new[] { localized })), operation);
        var outcome = await service.AttemptAsync(insertion with { IsRepeatable = false }, cancellationToken)
            .ConfigureAwait(false);
        var inserted = outcome.Require();
        _ = await service.ExecuteAsync(PublicationOf(table, global), operation, cancellationToken).ConfigureAwait(false);
        return inserted.Results is { } results && results.TryGetValue(NewValue, out var value) && value is int number
            ? FieldValue.Integer(number)
            : throw service.Malformed(operation, "The value of the new option is missing.");
    }

    private static int? ValueOf(OptionSetMetadata choices, string label) => choices.Options?.FirstOrDefault(option =>
        option?.Label?.LocalizedLabels?.Any(localized =>
            string.Equals(localized?.Label, label, StringComparison.OrdinalIgnoreCase)) == true)?.Value;

    private static OrganizationRequest InsertionOf(string table, string field, string? global, Label label) => global is null
        ? new("InsertOptionValue") { ["EntityLogicalName"] = table, ["AttributeLogicalName"] = field, ["Label"] = label }
        : new("InsertOptionValue") { ["OptionSetName"] = global, ["Label"] = label };

    private static OrganizationRequest PublicationOf(string table, string? global) => new("PublishXml")
    {
        ["ParameterXml"] = global is null
            ? $"<importexportxml><entities><entity>{table}</entity></entities></importexportxml>"
            : $"<importexportxml><optionsets><optionset>{global}</optionset></optionsets></importexportxml>",
    };

    private async Task<OptionSetMetadata> FindAsync(
        string table, string field, string operation, CancellationToken cancellationToken)
    {
        if (!DefinedName.IsTable(table))
        {
            throw NoChoice(table, field);
        }

        var request = MetadataRequests.EntityOf(table, EntityFilters.Attributes);
        var response = await service.ExecuteAsync(request, operation, cancellationToken).ConfigureAwait(false);
        var attributes = (response as RetrieveEntityResponse)?.EntityMetadata?.Attributes
            ?? throw service.Malformed(operation, "The list of columns is missing.");
        return attributes.FirstOrDefault(attribute => attribute?.LogicalName == field)
            is PicklistAttributeMetadata { OptionSet: { } choices }
                ? choices
                : throw NoChoice(table, field);
    }

    private async Task<int> LanguageAsync(string operation, CancellationToken cancellationToken)
    {
        var request = MetadataRequests.QueryOf("organization", LanguageCode);
        var response = await service.ExecuteAsync(request, operation, cancellationToken).ConfigureAwait(false);
        return (response as RetrieveMultipleResponse)?.EntityCollection?.Entities is [{ } row, ..]
            && row.Attributes.TryGetValue(LanguageCode, out var value) && value is int language
                ? language
                : throw service.Malformed(operation, "The base language is missing.");
    }

    private ConnectorException NoChoice(string table, string field) => new(
        service.Name, ConnectorFailure.Refused, $"{service.Name}: '{field}' of '{table}' is no choice to which options can be added.");
}
