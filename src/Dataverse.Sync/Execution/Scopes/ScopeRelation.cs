namespace Dataverse.Sync.Execution;

/// <summary>Specifies whether a stored scope belongs to the systems of an engine.</summary>
internal enum ScopeRelation
{
    /// <summary>The scope belongs to the same systems.</summary>
    Same,

    /// <summary>The store does not know to which systems the scope belongs.</summary>
    Unknown,

    /// <summary>The scope belongs to other systems.</summary>
    Other,
}
