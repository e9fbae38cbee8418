using System.Diagnostics.CodeAnalysis;

namespace Dataverse.Sync.Shapes;

/// <summary>Reads records for rules, in which a value that does not fit is the fault of its record.</summary>
internal static class ShapeReading
{
    public static T Read<[DynamicallyAccessedMembers(RecordCreator.Members)] T>(TypedShape<T> shape, TableRecord record)
        where T : class
    {
        try
        {
            return shape.Read(record);
        }
        catch (FormatException unfit)
        {
            throw new SyncRuleException(unfit.Message);
        }
    }
}
