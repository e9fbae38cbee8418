namespace Dataverse.Sync;

/// <summary>Specifies what happens to a value that a table of values, of options, or of records does not contain.</summary>
public enum UnmappedValuePolicy
{
    /// <summary>The record fails. The error names the known values.</summary>
    Fail,

    /// <summary>
    /// The field is left out: the target keeps what it has, and a new record is created without it. The job has an error with
    /// the code <see cref="SyncErrorCodes.FieldLeftOut"/>, once per value and run. The value is tried again whenever the
    /// record is processed.
    /// </summary>
    LeaveOut,

    /// <summary>The default of the direction is used.</summary>
    UseDefault,

    /// <summary>The value is used as it is. Not for options.</summary>
    PassOn,
}
