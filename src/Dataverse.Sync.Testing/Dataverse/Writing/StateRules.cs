namespace Dataverse.Sync.Testing.Emulation;

/// <summary>How state and status of a row belong together.</summary>
internal static class StateRules
{
    /// <summary>Adds the status that a change of the state alone implies, and refuses pairs that do not fit.</summary>
    public static Dictionary<string, object?> Complete(
        DataverseTableSchema table, DataverseRow row, Dictionary<string, object?> change,
        DataverseEmulatorOptions options)
    {
        if (!table.Definition.HasState)
        {
            return change;
        }

        var isStateGiven = change.TryGetValue(SystemColumns.State, out var given);
        var state = given as int? ?? row[SystemColumns.State] as int? ?? 0;
        if (options.RejectChangesOfInactiveRows && change.Count > 0)
        {
            CheckActive(table, row, isActivated: isStateGiven && state == 0);
        }

        if (change.TryGetValue(SystemColumns.Status, out var status) && status is int value)
        {
            CheckPair(table, row, state, value);
        }
        else if (isStateGiven && !Equals(row[SystemColumns.State], state))
        {
            change[SystemColumns.Status] = table[SystemColumns.Status].Choices.First(
                choice => choice.State == state).Value;
        }

        return change;
    }

    /// <summary>Refuses a status that does not belong to the state in which every row is created.</summary>
    public static void CheckCreate(DataverseTableSchema table, DataverseRow row)
    {
        if (table.Definition.HasState && row[SystemColumns.Status] is int status)
        {
            CheckPair(table, row, row[SystemColumns.State] as int? ?? 0, status);
        }
    }

    private static void CheckActive(DataverseTableSchema table, DataverseRow row, bool isActivated)
    {
        if (row[SystemColumns.State] is 1 && !isActivated)
        {
            throw new DataverseErrorException(
                400, "0x80040230", $"The {table.LogicalName} is inactive and cannot be updated.");
        }
    }

    private static void CheckPair(DataverseTableSchema table, DataverseRow row, int state, int status)
    {
        if (!table[SystemColumns.Status].Choices.Any(choice => choice.Value == status && choice.State == state))
        {
            var reason =
                $"{status} is not a valid status code for state code {state} on {table.LogicalName} with Id {row.Id}.";
            throw new DataverseErrorException(400, "0x80048408", reason);
        }
    }
}
