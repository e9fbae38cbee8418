using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk.Messages;

namespace Dataverse.Sync.OrganizationService;

/// <summary>The answer to one write of an ExecuteMultiple request.</summary>
internal sealed class PartResult(BatchItem item) : PartAnswer
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter { get; } = item.Fault is { } fault ? Faults.RetryAfterOf(fault) : null;

    /// <inheritdoc/>
    public override PartFollowUp Apply(PendingWrite write)
    {
        if (item.Fault is { } fault)
        {
            var code = Faults.CodeOf(fault);
            var error = new SyncError(
                Faults.TextOf(code) ?? "Fault",
                string.IsNullOrEmpty(fault.Message) ? "The service refused the write." : fault.Message);
            return ErrorCodes.IsDatabaseFault(code)
                ? WriteRefusal.Open(write)
                : WriteRefusal.Apply(write, code, fault.Message, error, WriteStatus.Rejected);
        }

        if (item.Response is null)
        {
            return WriteRefusal.Open(write);
        }

        if (item.Response is CreateResponse { id: var id } && id != Guid.Empty && id != write.Id)
        {
            // Performed on another record: only the record itself can tell.
            write.Uncertain();
            return PartFollowUp.ReadBack;
        }

        write.Applied();
        return PartFollowUp.None;
    }
}
