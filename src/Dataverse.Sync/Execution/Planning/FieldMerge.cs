namespace Dataverse.Sync.Execution;

/// <summary>What the three-way merge decided for one field.</summary>
internal enum FieldMerge
{
    /// <summary>Nothing changed, or nothing that this field may carry; its base stays.</summary>
    Keep,

    /// <summary>Both sides agree, or the field does not travel: the base moves, nothing is written.</summary>
    MoveBase,

    /// <summary>The local value goes to the integration side.</summary>
    Send,

    /// <summary>The integration value goes to the local side.</summary>
    Fetch,

    /// <summary>Both sides changed it, differently.</summary>
    Conflict,
}
