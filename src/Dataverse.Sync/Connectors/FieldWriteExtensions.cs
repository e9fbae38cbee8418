namespace Dataverse.Sync;

internal static class FieldWriteExtensions
{
    /// <summary>The value that is written to a field; null when the field is left alone.</summary>
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
