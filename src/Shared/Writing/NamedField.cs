namespace Dataverse.Sync.Shared;

/// <summary>Finds the field of a write that the text of a refusal is about.</summary>
internal static class NamedField
{
    /// <summary>
    /// The field that a text names in quotation marks, as in "Control 'balance' is read-only.", or whose reference it
    /// contains; null when there is none.
    /// </summary>
    /// <param name="text">The text of the refusal.</param>
    /// <param name="operation">The write.</param>
    public static string? In(string text, WriteOperation operation)
    {
        foreach (var write in operation.Fields)
        {
            if (Quotes(text, write.Field))
            {
                return write.Field;
            }
        }

        foreach (var write in operation.Fields)
        {
            if (write.Value.Kind is FieldValueKind.Reference or FieldValueKind.Identifier && Contains(text, write.Value))
            {
                return write.Field;
            }
        }

        return null;
    }

    private static bool Contains(string text, FieldValue reference) =>
        text.Contains(reference.ToString(), StringComparison.OrdinalIgnoreCase);

    private static bool Quotes(string text, string field) =>
        text.Contains($"'{field}'", StringComparison.OrdinalIgnoreCase)
        || text.Contains($"\"{field}\"", StringComparison.OrdinalIgnoreCase);
}
