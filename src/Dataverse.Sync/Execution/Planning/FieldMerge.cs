namespace Dataverse.Sync.Execution;

/// <summary>Specifies the decision of the three-way merge for one field.</summary>
internal enum FieldMerge
{
    /// <summary>Nothing changed, or the change is not synchronized. The base stays.</summary>
    Keep,

    /// <summary>Both sides agree, or the field is not synchronized. The base advances and nothing is written.</summary>
    MoveBase,

    /// <summary>The local value is written to the integration side.</summary>
    Send,

    /// <summary>The integration value is written to the local side.</summary>
    Fetch,

    /// <summary>Both sides changed to different values.</summary>
    Conflict,

    /// <summary>Both sides have a value, and the field was never synchronized.</summary>
    FirstConflict,

    /// <summary>
    /// The target of a one-way field keeps its own value until the source is edited. The base remembers the source.
    /// </summary>
    KeepTarget,
}
