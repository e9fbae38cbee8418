namespace Dataverse.Sync.Shared;

/// <summary>Reads the definitions of tables for a diagnosis.</summary>
internal static class TableReading
{
    /// <summary>Reads a definition. A failure becomes a finding.</summary>
    /// <param name="table">The name of the table.</param>
    /// <param name="read">Reads the definition.</param>
    /// <param name="findings">Receives the finding.</param>
    /// <returns>The definition, or null if it could not be read.</returns>
    public static async Task<T?> TryAsync<T>(string table, Func<Task<T>> read, List<DiagnosisFinding> findings)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (ConnectorException failure)
        {
            // A table that does not exist is a problem of its mapping, which reports it.
            if (failure.Failure != ConnectorFailure.NotFound)
            {
                findings.Add(new()
                {
                    Severity = FindingSeverity.Error,
                    Area = DiagnosisArea.Connection,
                    Code = DiagnosisCodes.CheckFailed,
                    Message = failure.Message,
                    Table = table,
                });
            }

            return null;
        }
    }
}
