namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Registers webhooks as the Plug-in Registration tool does: one endpoint, and a step for each message.</summary>
internal static class WebhookRegistration
{
    private static readonly string[] Messages = ["Create", "Update", "Delete"];

    public static Guid Register(
        DataverseEmulator emulator, Uri url, string table, DataverseWebhookKey key, IReadOnlyCollection<string> messages)
    {
        var endpoint = emulator.Table(WebhookTables.Endpoint).Insert(
            ("name", $"{table} {Guid.NewGuid():N}"), ("url", url.OriginalString), ("contract", 8), ("messageformat", 2),
            ("authtype", key.Type), ("authvalue", key.AuthValue));
        foreach (var message in messages.Count == 0 ? Messages : messages)
        {
            var filter = emulator.Table("sdkmessagefilter").Rows.FirstOrDefault(
                row => Equals(row["primaryobjecttypecode"], table)
                    && emulator.Table("sdkmessage").Get(((DataverseReference)row["sdkmessageid"]!).Id)["name"] is string name
                    && name == message)
                ?? throw new ArgumentException($"The table '{table}' does not have the message '{message}'.", nameof(messages));
            _ = emulator.Table(WebhookTables.Step).Insert(
                ("name", $"{message} of {table}"), ("stage", 40), ("mode", 1), ("rank", 1), ("asyncautodelete", true),
                ("sdkmessageid", filter["sdkmessageid"]), ("sdkmessagefilterid", new DataverseReference("sdkmessagefilter", filter.Id)),
                ("eventhandler", new DataverseReference(WebhookTables.Endpoint, endpoint.Id)));
        }

        return endpoint.Id;
    }
}
