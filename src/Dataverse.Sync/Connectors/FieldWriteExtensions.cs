namespace Dataverse.Sync;

internal static class FieldWriteExtensions
{
    /// <summary>Finds the value to be written to a field, or null if the field is not written.</summary>
    public static FieldValue? ValueOf(this IReadOnlyList<FieldWrite> writes, string field)
    {
        foreach (var write in writes)
        {
            if (write.Field == field)
            {
                return write.Value;
            }
        }

        return null;
    }
}
