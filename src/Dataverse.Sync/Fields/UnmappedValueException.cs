namespace Dataverse.Sync;

/// <summary>
/// A table of values or options does not contain a value. The message names options only and never a value of a record, so
/// it may be stored.
/// </summary>
internal sealed class UnmappedValueException(string message, bool isLeftOut) : FormatException(message)
{
    /// <summary>Whether the field is left out, instead of failing the record.</summary>
    public bool IsLeftOut => isLeftOut;
}
