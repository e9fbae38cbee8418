using static Dataverse.Sync.Testing.DataverseColumn;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The table of the jobs that the platform carries out, with the columns that tell how a job ended.</summary>
/// <remarks>"System Job (AsyncOperation) table/entity reference".</remarks>
internal static class JobTables
{
    public const string Job = "asyncoperation";

    /// <summary>The type of a job that deletes rows.</summary>
    public const int BulkDelete = 13;

    public const int Completed = 3;
    public const int Succeeded = 30;

    public static DataverseTableDefinition AsyncOperation() => new()
    {
        LogicalName = Job,
        SetName = "asyncoperations",
        PrimaryName = "name",
        Ownership = DataverseOwnership.UserOwned,
        HasState = false,
        ChangeTracking = false,
        BulkMessages = false,
        IsVirtual = true,
        TypeCode = 4700,
        Columns =
        [
            Text("name", 256),
            new()
            {
                Name = "operationtype", Type = DataverseColumnType.Choice,
                Choices = [new(1, "System Event"), new(10, "Workflow"), new(BulkDelete, "Bulk Delete")],
            },
            new()
            {
                Name = SystemColumns.State, Type = DataverseColumnType.State,
                Choices = [new(0, "Ready"), new(1, "Suspended"), new(2, "Locked"), new(Completed, "Completed")],
            },
            new()
            {
                Name = SystemColumns.Status, Type = DataverseColumnType.Status,
                Choices =
                [
                    new(0, "Waiting For Resources", 0), new(10, "Waiting", 1), new(20, "In Progress", 2), new(21, "Pausing", 2),
                    new(22, "Canceling", 2), new(Succeeded, "Succeeded", Completed), new(31, "Failed", Completed),
                    new(32, "Canceled", Completed),
                ],
            },
            Memo("message", 1_048_576),
            Memo("friendlymessage", 1_048_576),
            WholeNumber("errorcode"),
            DataverseColumn.DateTime("createdon"),
            DataverseColumn.DateTime("modifiedon"),
            DataverseColumn.DateTime("startedon"),
            DataverseColumn.DateTime("completedon"),
            new()
            {
                Name = SystemColumns.Owner, Type = DataverseColumnType.Owner,
                Targets =
                [
                    new("systemuser", SystemColumns.Owner) { OnDelete = DataverseDeleteBehavior.None },
                    new("team", SystemColumns.Owner) { OnDelete = DataverseDeleteBehavior.None },
                ],
            },
        ],
    };
}
