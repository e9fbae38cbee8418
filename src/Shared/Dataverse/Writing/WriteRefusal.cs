namespace Dataverse.Sync.Shared;

/// <summary>Gives a write the result that a refusal means.</summary>
internal static class WriteRefusal
{
    /// <summary>The work may have been done: only the record can tell.</summary>
    public static PartFollowUp Open(PendingWrite write)
    {
        write.Uncertain();
        return PartFollowUp.Decide;
    }

    /// <summary>The service refused the write.</summary>
    /// <param name="write">The write.</param>
    /// <param name="code">The code of the error; null where there is none.</param>
    /// <param name="message">The text of the error; null where there is none.</param>
    /// <param name="error">The error for people.</param>
    /// <param name="otherwise">The status where the code decides nothing.</param>
    public static PartFollowUp Apply(
        PendingWrite write, uint? code, string? message, SyncError error, WriteStatus otherwise)
    {
        var status = RefusalRules.StatusOf(write, code, message) ?? otherwise;
        if (status == WriteStatus.Applied)
        {
            write.Applied();
            return PartFollowUp.None;
        }

        var field = FieldIn(error.Message, code, write.Operation);
        write.Refused(status, new SyncError(error.Code, error.Message, field), ErrorCodes.ContradictsSchema(code));
        return FollowUpOf(write, status, code);
    }

    // The text about a user who cannot own a record names the user at most.
    private static string? FieldIn(string text, uint? code, WriteOperation operation) =>
        NamedField.In(text, operation)
        ?? (ErrorCodes.IsAboutOwner(code) && operation.Fields.Any(write => write.Field == ColumnNames.Owner)
            ? ColumnNames.Owner
            : null);

    private static PartFollowUp FollowUpOf(PendingWrite write, WriteStatus status, uint? code) => status switch
    {
        WriteStatus.Transient => PartFollowUp.Repeat,
        WriteStatus.VersionMismatch => PartFollowUp.ReadBack,
        WriteStatus.AlreadyExists when write.Kind == WriteKind.Insert || write.MayHaveRun => PartFollowUp.ReadBack,
        WriteStatus.Rejected when code == ErrorCodes.RowIsInactive && write.Kind == WriteKind.Update => PartFollowUp.Reactivate,
        // A row that exists already may be refused for another reason first, such as by a plug-in that looks for duplicates.
        WriteStatus.Rejected when write.Kind == WriteKind.Insert && (write.MayHaveRun || write.MayExist) => PartFollowUp.ReadBack,
        _ => PartFollowUp.None,
    };
}
