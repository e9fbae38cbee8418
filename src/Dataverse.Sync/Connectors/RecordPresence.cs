namespace Dataverse.Sync;

/// <summary>Specifies what a system tells about a record that its lists do not contain.</summary>
public enum RecordPresence : byte
{
    /// <summary>The system has no record with this id, or it does not tell records apart that it hides.</summary>
    Gone,

    /// <summary>The record exists, and the caller may read it.</summary>
    Exists,

    /// <summary>The record exists, but the caller has no right to read it.</summary>
    Hidden,
}
