using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The tables that every organization has, and the rows that describe what they can do.</summary>
internal static class StandardTables
{
    private static readonly string[] SingleMessages = ["Create", "Retrieve", "RetrieveMultiple", "Update", "Delete"];
    private static readonly string[] BulkMessages = ["CreateMultiple", "UpdateMultiple"];

    public static IReadOnlyList<DataverseTableDefinition> Create(DataverseEmulatorOptions options) =>
    [
        CompanyTables.WithColumn(AccountTable.Create(options.PrimaryContactDeleted), options.Companies),
        CompanyTables.WithColumn(ContactTable.Create(), options.Companies),
        .. CompanyTables.Of(options.Companies),
        SystemUserTable.Create(),
        CurrencyTable.Create(),
        OrganizationTables.BusinessUnit(),
        OrganizationTables.Team(),
        OrganizationTables.Organization(),
        OrganizationTables.SdkMessage(),
        OrganizationTables.SdkMessageFilter(),
        WebhookTables.ServiceEndpoint(),
        WebhookTables.ProcessingStep(),
        JobTables.AsyncOperation(),
        .. options.IsManagedEnvironment
            ? [OrganizationTables.MaskingRule(), OrganizationTables.ColumnMaskingRule()]
            : Array.Empty<DataverseTableDefinition>(),
    ];

    /// <summary>Rewrites the messages and their availability according to the current definitions.</summary>
    public static DatabaseState WithMessages(DatabaseState state)
    {
        var messages = new TableState { Schema = state.Schema["sdkmessage"] };
        foreach (var name in SingleMessages.Concat(BulkMessages).Append("UpsertMultiple"))
        {
            messages = messages.With(Row("sdkmessage", name, ("name", name)));
        }

        // UpsertMultiple has no filters of its own: it is available if both other messages are.
        var filters = new TableState { Schema = state.Schema["sdkmessagefilter"] };
        foreach (var table in state.Schema.Tables.Where(table => !table.Definition.IsVirtual))
        {
            foreach (var name in table.Definition.BulkMessages ? [.. SingleMessages, .. BulkMessages] : SingleMessages)
            {
                filters = filters.With(Row(
                    "sdkmessagefilter", $"{name}:{table.LogicalName}", ("primaryobjecttypecode", table.LogicalName),
                    ("sdkmessageid", new DataverseReference("sdkmessage", IdOf("sdkmessage", name)))));
            }
        }

        return state.With(messages).With(filters);
    }

    private static DataverseRow Row(string table, string identity, params (string Column, object Value)[] values) =>
        new(
            table, IdOf(table, identity), 1,
            values.ToImmutableDictionary(pair => pair.Column, pair => pair.Value, StringComparer.Ordinal));

    private static Guid IdOf(string table, string identity) => StableGuid.Of($"{table}/{identity}");
}
