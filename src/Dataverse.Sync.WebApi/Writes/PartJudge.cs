using System.Text.RegularExpressions;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Judges the answer to one write of a batch.</summary>
internal static partial class PartJudge
{
    public static PartVerdict Judge(PendingWrite write, BatchAnswer answer)
    {
        if (answer.IsSuccess && !IsOfAnother(write, answer))
        {
            write.Applied(answer.Header("ETag"));
            return PartVerdict.Settled;
        }

        if (answer.Status < 400 || answer.Status >= 600)
        {
            // Neither done nor refused, or done to another record than ours: only the record itself can tell.
            write.MayHaveRun = true;
            write.Lost();
            return PartVerdict.ReadBack;
        }

        var error = answer.ReadError();
        var code = ServiceCodes.Parse(error.Code);
        var status = StatusOf(write, answer.Status, code, error);
        if (status == WriteStatus.Applied)
        {
            write.Applied();
            return PartVerdict.Settled;
        }

        write.Refused(status, PendingWrite.ErrorOf(error, answer.Status));
        return status switch
        {
            WriteStatus.Transient => PartVerdict.Retry,
            WriteStatus.VersionMismatch => PartVerdict.ReadBack,
            WriteStatus.AlreadyExists when write.MayHaveRun => PartVerdict.ReadBack,
            WriteStatus.Rejected when code == ServiceCodes.RowIsInactive && write.Kind == WriteKind.Update => PartVerdict.Reactivate,
            _ => PartVerdict.Settled,
        };
    }

    // Answers come in the order of the writes; where one names its record, that must be the write's.
    private static bool IsOfAnother(PendingWrite write, BatchAnswer answer) =>
        answer.Header("OData-EntityId") is { } address && Identifiers().Matches(address) is { Count: > 0 } ids && Guid.Parse(ids[^1].ValueSpan) != write.Id;

    private static WriteStatus StatusOf(PendingWrite write, int status, uint? code, ServiceError error) => code switch
    {
        ServiceCodes.ObjectDoesNotExist => MissingStatus(write, error),
        ServiceCodes.VersionMismatch => WriteStatus.VersionMismatch,
        ServiceCodes.DuplicateRecord or ServiceCodes.DuplicateAlternateKey or ServiceCodes.DuplicateCurrencyCode => WriteStatus.AlreadyExists,
        _ when ServiceCodes.IsTransient(code) => WriteStatus.Transient,
        _ => status switch
        {
            401 or 408 or 429 or 500 or >= 502 => WriteStatus.Transient,
            404 when code is null => MissingStatus(write, error),
            412 when code is null && write.Kind == WriteKind.Insert => WriteStatus.AlreadyExists,
            412 when code is null && write.Operation.ExpectedVersion is not null => WriteStatus.VersionMismatch,
            _ => WriteStatus.Rejected,
        },
    };

    // The same code speaks of the record and of one that it refers to; only the text tells which. A text without any id is
    // about the record, unless references were written too.
    private static WriteStatus MissingStatus(PendingWrite write, ServiceError error)
    {
        var ids = Identifiers().Matches(error.Message ?? string.Empty);
        var isRecord = ids.Count == 0
            ? !write.Operation.Fields.Any(field => field.Value.Kind is FieldValueKind.Reference or FieldValueKind.Identifier)
            : ids.Any(match => Guid.Parse(match.ValueSpan) == write.Id);
        return !isRecord || write.Kind == WriteKind.Insert ? WriteStatus.Rejected
            : write.Kind == WriteKind.Delete ? WriteStatus.Applied
            : WriteStatus.NotFound;
    }

    [GeneratedRegex("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Identifiers();
}
