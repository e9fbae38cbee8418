using System.Runtime.CompilerServices;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Reads changes by change tracking.</summary>
/// <remarks>
/// The first feed is the whole table; its last page gives the token of the changes after it, which becomes the
/// checkpoint. A token that has expired, that metadata changes made void, or that delivers too few columns leads to the
/// whole table again.
/// </remarks>
internal sealed class TrackedChanges(ServiceConnection service, ILogger logger)
{
    public async IAsyncEnumerable<ChangePage> ReadAsync(
        Selection selection, Checkpoint? since, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (changes, token) = await OpenAsync(selection, TokenOf(selection, since), pageSize, cancellationToken).ConfigureAwait(false);
        var guard = new PageGuard();
        var page = FirstPage(pageSize);
        while (true)
        {
            var isLast = !changes.MoreRecords;
            var read = Read(selection, changes, isLast ? null : guard);
            yield return read with
            {
                Coverage = token is null ? ChangeCoverage.WholeTable : ChangeCoverage.Changes,
                Checkpoint = isLast ? CheckpointOf(selection, changes) : null,
            };
            if (isLast)
            {
                yield break;
            }

            page = new PagingInfo { PageNumber = page.PageNumber + 1, Count = pageSize, PagingCookie = changes.PagingCookie };
            changes = await RequestAsync(selection, token, page, cancellationToken).ConfigureAwait(false);
        }
    }

    private static PagingInfo FirstPage(int pageSize) => new() { PageNumber = 1, Count = pageSize };

    private async Task<(BusinessEntityChanges Changes, string? Token)> OpenAsync(
        Selection selection, string? token, int pageSize, CancellationToken cancellationToken)
    {
        if (token is not null)
        {
            var outcome = await AttemptAsync(selection, token, FirstPage(pageSize), cancellationToken).ConfigureAwait(false);
            if (!MakesTokenVoid(outcome))
            {
                return (ChangesOf(selection, outcome), token);
            }

            ConnectorLog.TrackingBeginsAgain(logger, service.Name, selection.Table.Name, outcome.Failure!.ErrorCode);
        }

        return (await RequestAsync(selection, null, FirstPage(pageSize), cancellationToken).ConfigureAwait(false), null);
    }

    // Whatever the service rejects about a stored token, reading the whole table is safe: it fails too if the token was
    // not the cause. The code of an expired token is not verified, so a text that names one counts too.
    private static bool MakesTokenVoid(CallOutcome<OrganizationResponse> outcome) => outcome.Failure is { } failure
        && (failure.Failure is ConnectorFailure.Refused or ConnectorFailure.NotFound
            || ErrorCodes.Parse(failure.ErrorCode) == ErrorCodes.ExpiredVersionStamp
            || (failure.Failure == ConnectorFailure.ServiceFault && NamesToken(outcome.Fault?.Message)));

    private static bool NamesToken(string? text) => text is not null
        && (text.Contains("version", StringComparison.OrdinalIgnoreCase) || text.Contains("token", StringComparison.OrdinalIgnoreCase));

    private async Task<BusinessEntityChanges> RequestAsync(
        Selection selection, string? token, PagingInfo page, CancellationToken cancellationToken) =>
        ChangesOf(selection, await AttemptAsync(selection, token, page, cancellationToken).ConfigureAwait(false));

    private BusinessEntityChanges ChangesOf(Selection selection, CallOutcome<OrganizationResponse> outcome) =>
        (outcome.Require() as RetrieveEntityChangesResponse)?.EntityChanges
            ?? throw service.Malformed(selection.Operation, "The answer holds no changes.");

    private Task<CallOutcome<OrganizationResponse>> AttemptAsync(
        Selection selection, string? token, PagingInfo page, CancellationToken cancellationToken)
    {
        var request = new RetrieveEntityChangesRequest
        {
            EntityName = selection.Table.Name,
            Columns = selection.ColumnSet,
            PageInfo = page,
        };
        if (token is not null)
        {
            request.DataVersion = token;
        }

        return service.AttemptAsync(ServiceConnection.CallOf(request, selection.Operation), cancellationToken);
    }

    private ChangePage Read(Selection selection, BusinessEntityChanges changes, PageGuard? guard)
    {
        try
        {
            var records = new List<TableRecord>();
            var deleted = new List<Guid>();
            foreach (var item in changes.Changes ?? throw new FormatException("The answer has no list of changes."))
            {
                Add(selection, item, records, deleted);
            }

            guard?.Follow([.. records.Select(record => record.Id), .. deleted]);
            return new ChangePage { Records = records, Deleted = deleted };
        }
        catch (FormatException exception)
        {
            throw service.Malformed(selection.Operation, exception.Message);
        }
    }

    private static void Add(Selection selection, IChangedItem item, List<TableRecord> records, List<Guid> deleted)
    {
        switch (item)
        {
            case NewOrUpdatedItem changed:
                records.Add(selection.Read(changed.NewOrUpdatedEntity));
                break;
            case RemovedOrDeletedItem { RemovedItem: { } removed } when removed.Id != Guid.Empty:
                deleted.Add(removed.Id);
                break;
            default:
                throw new FormatException("A change is neither a row nor a deletion.");
        }
    }

    private static string? TokenOf(Selection selection, Checkpoint? since) =>
        ChangePosition.Parse(since, ChangeFeed.Form) is ChangePosition.DeltaLink position
            && selection.Names.All(name => position.Columns.Contains(name))
        ? Uri.UnescapeDataString(position.Link)
        : null;

    private Checkpoint CheckpointOf(Selection selection, BusinessEntityChanges changes)
    {
        if (string.IsNullOrWhiteSpace(changes.DataToken))
        {
            throw service.Malformed(selection.Operation, "The last page of the changes has no token of the next ones.");
        }

        // A token holds blanks.
        var position = new ChangePosition.DeltaLink([.. selection.Names], Uri.EscapeDataString(changes.DataToken));
        return position.ToCheckpoint(ChangeFeed.Form);
    }
}
