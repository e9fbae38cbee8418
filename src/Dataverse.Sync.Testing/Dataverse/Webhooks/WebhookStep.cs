namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A registered webhook and one of its steps.</summary>
internal sealed record WebhookStep(DataverseRow Endpoint, DataverseRow Step)
{
    private const int Webhook = 8;
    private const int PostOperation = 40;
    private const int Asynchronous = 1;
    private const string Update = "Update";

    /// <summary>Whether there are any steps.</summary>
    public static bool AreRegistered(DatabaseState state) => state[WebhookTables.Step].Rows.Count > 0;

    /// <summary>The steps to carry out for an event, in the order of their ranks.</summary>
    /// <remarks>
    /// Only asynchronous steps after the operation are carried out. The service raises no events for the tables of the
    /// registration itself.
    /// </remarks>
    public static IEnumerable<WebhookStep> For(RowEvent happened, DatabaseState state) =>
        happened.Row.Table is WebhookTables.Endpoint or WebhookTables.Step
            ? []
            : state[WebhookTables.Step].All
                .Where(step => step[SystemColumns.State] is 0 && step["mode"] is Asynchronous && step["stage"] is PostOperation)
                .Where(step => IsFor(step, happened, state))
                .OrderBy(step => step["rank"] as int? ?? 0)
                .Select(step => (Step: step, Endpoint: state.Find(step["eventhandler"] as DataverseReference)))
                .Where(pair => pair.Endpoint?["contract"] is Webhook)
                .Select(pair => new WebhookStep(pair.Endpoint!, pair.Step));

    private static bool IsFor(DataverseRow step, RowEvent happened, DatabaseState state)
    {
        var filter = state.Find(step["sdkmessagefilterid"] as DataverseReference);
        return state.Find(step["sdkmessageid"] as DataverseReference)?["name"] is string message
            && message == happened.Message
            && (filter is null || Equals(filter["primaryobjecttypecode"], happened.Row.Table))
            && (message != Update || IsForColumns(step["filteringattributes"] as string, happened.Columns));
    }

    // Columns that the request named count, whether their values changed or not.
    private static bool IsForColumns(string? filter, IReadOnlyCollection<string> columns) =>
        string.IsNullOrWhiteSpace(filter)
        || filter.Split(',', StringSplitOptions.TrimEntries).Intersect(columns, StringComparer.OrdinalIgnoreCase).Any();
}
