namespace Dataverse.Sync;

internal static class FieldWriteExtensions
{
    /// <summary>Finds the value to be written to a field, or null if the field is not written.</summary>
    public static FieldValue? ValueOf(this IReadOnlyList<FieldWrite> writes, string field)
    {
        // An enumerator of the interface would be allocated for each call.
        for (var index = 0; index < writes.Count; index++)
        {
            if (writes[index].Field == field)
            {
                return writes[index].Value;
            }
        }

        return null;
    }
}
