namespace Dataverse.Sync.Execution;

/// <summary>Checks what a connector returned for a batch, before the engine builds on it.</summary>
/// <remarks>A result that says nothing certain about its write leaves the outcome to the recovery of the next run.</remarks>
internal static class WriteAnswers
{
    /// <summary>Returns one result per operation, in the same order.</summary>
    /// <param name="connector">The name of the connector.</param>
    /// <param name="operations">The writes that were sent.</param>
    /// <param name="results">What the connector returned.</param>
    /// <exception cref="ConnectorException">Not every write received a response.</exception>
    public static IReadOnlyList<WriteResult> Check(
        string connector, IReadOnlyList<WriteOperation> operations, IReadOnlyList<WriteResult>? results)
    {
        if (results?.Count != operations.Count)
        {
            var message = $"{connector} answered {results?.Count ?? 0} of {operations.Count} writes.";
            throw new ConnectorException(connector, ConnectorFailure.MalformedAnswer, message);
        }

        var (isComplete, keepsIds) = (true, true);
        for (var index = 0; index < operations.Count && isComplete; index++)
        {
            var (operation, result) = (operations[index], results[index]);
            isComplete = IsComplete(operation, result);
            keepsIds &= isComplete && (!IsCreated(operation, result) || result.Id == operation.Id);
        }

        // The ids that the engine chooses differ.
        return isComplete && (keepsIds || AreDistinct(operations, results)) ? results : Correct(operations, results);
    }

    private static bool AreDistinct(IReadOnlyList<WriteOperation> operations, IReadOnlyList<WriteResult> results)
    {
        var ids = new HashSet<Guid>(operations.Count);
        for (var index = 0; index < operations.Count; index++)
        {
            if (IsCreated(operations[index], results[index]) && !ids.Add(results[index].Id))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsComplete(WriteOperation operation, WriteResult? result) =>
        result is not null
        && Enum.IsDefined(result.Status)
        && (operation.Kind != WriteKind.Insert || result.Status != WriteStatus.Applied || result.Id != Guid.Empty);

    private static List<WriteResult> Correct(
        IReadOnlyList<WriteOperation> operations, IReadOnlyList<WriteResult> results)
    {
        var corrected = operations.Zip(results, Correct).ToList();
        var repeated = corrected.Where((result, index) => IsCreated(operations[index], result))
            .GroupBy(result => result.Id).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        for (var index = 0; index < corrected.Count; index++)
        {
            if (IsCreated(operations[index], corrected[index]) && repeated.Contains(corrected[index].Id))
            {
                corrected[index] = Uncertain("The system named the same record as the result of several inserts.");
            }
        }

        return corrected;
    }

    private static WriteResult Correct(WriteOperation operation, WriteResult? result)
    {
        if (result is null || !Enum.IsDefined(result.Status))
        {
            return Uncertain("The system gave no result for the write.");
        }

        if (IsComplete(operation, result))
        {
            return result;
        }

        var id = result.Record?.Id ?? operation.Id;
        return id != Guid.Empty
            ? result with { Id = id }
            : Uncertain("The system created a record without naming its id.");
    }

    private static bool IsCreated(WriteOperation operation, WriteResult result) =>
        operation.Kind == WriteKind.Insert && result.Status == WriteStatus.Applied;

    private static WriteResult Uncertain(string message) =>
        new() { Status = WriteStatus.Unknown, Error = new(SyncErrorCodes.OutcomeUnknown, message) };
}
