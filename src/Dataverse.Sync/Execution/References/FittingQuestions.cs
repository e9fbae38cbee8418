namespace Dataverse.Sync.Execution;

/// <summary>
/// Asks a system for records by the values of a field, without those that the field cannot hold. A system may refuse
/// the whole query for one value that is too long.
/// </summary>
internal static class FittingQuestions
{
    /// <summary>Asks for records by values.</summary>
    /// <param name="system">The system.</param>
    /// <param name="table">The schema of the table that is asked, or null if it is not known.</param>
    /// <param name="query">The query, which names values.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public static async Task<IReadOnlyList<TableRecord>> AskAsync(
        ITableConnector system, TableSchema? table, FieldQuery query, CancellationToken cancellationToken)
    {
        var field = table?.Find(query.Field);
        List<FieldValue> fitting = [.. (query.Values ?? []).Where(value => Holds(field, value))];
        return fitting.Count == 0
            ? []
            : await system.FindAsync(query with { Values = fitting }, cancellationToken).ConfigureAwait(false);
    }

    private static bool Holds(FieldSchema? field, FieldValue value) =>
        field?.MaxLength is not { } longest
        || value.Kind != FieldValueKind.Text
        || TextForm.Normalize(value.AsText(), field).Length <= longest;
}
