namespace Dataverse.Sync.Testing.Emulation;

/// <summary>How state and status of a row belong together.</summary>
internal static class StateRules
{
    /// <summary>Adds the status that a change of the state alone implies, and refuses pairs that do not fit.</summary>
    public static Dictionary<string, object?> Complete(
        DataverseTableSchema table, DataverseRow row, Dictionary<string, object?> change, DataverseEmulatorOptions options)
    {
        if (!table.Definition.HasState)
        {
            return change;
        }

        var isStateGiven = change.TryGetValue(SystemColumns.State, out var given);
        var state = given as int? ?? row[SystemColumns.State] as int? ?? 0;
        if (options.RejectChangesOfInactiveRows && row[SystemColumns.State] is 1 && !(isStateGiven && state == 0) && change.Count > 0)
        {
            throw new DataverseErrorException(400, "0x80040230", $"The {table.LogicalName} is inactive and cannot be updated.");
        }

        var choices = table[SystemColumns.Status].Choices;
        if (change.TryGetValue(SystemColumns.Status, out var status) && status is int value)
        {
            if (!choices.Any(choice => choice.Value == value && choice.State == state))
            {
                throw new DataverseErrorException(
                    400, "0x80048408", $"{value} is not a valid status code for state code {state} on {table.LogicalName} with Id {row.Id}.");
            }
        }
        else if (isStateGiven && row[SystemColumns.State] is var before && !Equals(before, state))
        {
            change[SystemColumns.Status] = choices.First(choice => choice.State == state).Value;
        }

        return change;
    }
}
