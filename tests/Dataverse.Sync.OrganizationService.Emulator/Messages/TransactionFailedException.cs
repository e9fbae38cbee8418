using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>Ends a transaction because one of its requests was refused.</summary>
internal sealed class TransactionFailedException(OrganizationAnswer step, int index) : Exception
{
    public int Status => step.Status;

    public ExecuteTransactionFault Fault { get; } = new()
    {
        ErrorCode = step.Fault!.ErrorCode,
        Message = step.Fault.Message,
        ErrorDetails = step.Fault.ErrorDetails,
        Timestamp = step.Fault.Timestamp,
        ActivityId = step.Fault.ActivityId,
        FaultedRequestIndex = index,
    };
}
