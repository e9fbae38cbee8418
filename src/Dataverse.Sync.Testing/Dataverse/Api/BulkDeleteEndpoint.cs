using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The action <c>BulkDelete</c>. The job is carried out before the answer, row by row: a row that cannot be deleted stays,
/// and the others go. Its row in <c>asyncoperations</c> is completed.
/// </summary>
internal sealed class BulkDeleteEndpoint(DataverseRowWriter writer)
{
    public const string Name = "BulkDelete";

    private static readonly string[] Parameters =
    [
        "QuerySet", "JobName", "SendEmailNotification", "ToRecipients", "CCRecipients", "RecurrencePattern", "StartDateTime",
        "SourceImportId", "RunNow", "Options",
    ];

    public EmulatorResponse Handle(ApiRequest request)
    {
        OptionRules.None(request);
        if (request.Method != "POST")
        {
            return DataverseResponses.NoSuchRoute(request.Root + request.Resource);
        }

        if (request.ContentIds is not null)
        {
            throw JsonMembers.NotEmulated("BulkDelete in a change set");
        }

        var body = request.JsonBody();
        Check(request, body);
        var queries = JsonMembers.Items(body, "QuerySet")
            .Select(query => QueryExpressionReader.Read(query, request.Scope())).ToList();
        if (queries.Count == 0)
        {
            throw DataverseErrors.InvalidArgument("The parameter 'QuerySet' is missing or empty.");
        }

        if (queries.Find(query => query.Table.Definition.IsVirtual).Table is { } virtualTable)
        {
            throw DataverseErrors.InvalidArgument($"Rows of {virtualTable.LogicalName} cannot be deleted.");
        }

        var (deleted, failed) = Delete(request, queries);
        var job = Record(request, JsonMembers.Text(body, "JobName"), deleted, failed);
        return DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", $"{request.Root}$metadata#{DataverseSchema.Namespace}.BulkDeleteResponse");
            json.WriteString("JobId", job);
        });
    }

    private static void Check(ApiRequest request, JsonElement body)
    {
        JsonMembers.Check(body, Name, Parameters);
        JsonMembers.Refuse(body, "SendEmailNotification", "RecurrencePattern", "SourceImportId");
        _ = JsonMembers.Text(body, "JobName");
        if (body.TryGetProperty("StartDateTime", out var start) && start.ValueKind is not JsonValueKind.Null
            && Time(start) > request.Store.Now.AddSeconds(1))
        {
            throw JsonMembers.NotEmulated("a StartDateTime in the future");
        }
    }

    private static DateTimeOffset Time(JsonElement text) =>
        text.ValueKind is JsonValueKind.String && DateTimeOffset.TryParse(
            text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw DataverseErrors.BadPayload("The parameter 'StartDateTime' is no date.");

    private (int Deleted, int Failed) Delete(
        ApiRequest request, List<(DataverseTableSchema Table, Func<DataverseRow, bool> Matches)> queries)
    {
        var (deleted, failed) = (0, 0);
        foreach (var (table, matches) in queries)
        {
            foreach (var id in request.Session.State[table.LogicalName].All.Where(matches).Select(row => row.Id).ToList())
            {
                try
                {
                    deleted += request.Session.Write(transaction => Delete(transaction, table, id));
                }
                catch (DataverseErrorException)
                {
                    failed++;
                }
            }
        }

        return (deleted, failed);
    }

    private int Delete(DataverseTransaction transaction, DataverseTableSchema table, Guid id)
    {
        // A cascade of an earlier row may have deleted it.
        if (transaction.State.Find(table.LogicalName, id) is not { } row)
        {
            return 0;
        }

        writer.Delete(transaction, table, row);
        return 1;
    }

    private static Guid Record(ApiRequest request, string name, int deleted, int failed) =>
        request.Session.Write(transaction =>
        {
            (string Column, object Value)[] values =
            [
                ("name", name.Length > 256 ? name[..256] : name), ("operationtype", JobTables.BulkDelete),
                (SystemColumns.State, JobTables.Completed), (SystemColumns.Status, JobTables.Succeeded),
                ("message", $"{deleted} deleted, {failed} failed."), ("createdon", transaction.Now),
                ("modifiedon", transaction.Now), ("startedon", transaction.Now), ("completedon", transaction.Now),
                (SystemColumns.Owner, new DataverseReference("systemuser", transaction.Caller.User)),
            ];
            var row = new DataverseRow(
                JobTables.Job, Guid.NewGuid(), 0,
                values.ToImmutableDictionary(pair => pair.Column, pair => pair.Value, StringComparer.Ordinal));
            return transaction.Put(row, columns: null).Id;
        });
}
