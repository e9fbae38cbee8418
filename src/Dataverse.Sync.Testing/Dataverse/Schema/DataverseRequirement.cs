namespace Dataverse.Sync.Testing;

/// <summary>How much a column needs a value.</summary>
public enum DataverseRequirement
{
    /// <summary>Optional.</summary>
    None,

    /// <summary>Required by forms only; the Web API accepts a row without it.</summary>
    ApplicationRequired,

    /// <summary>Required by the platform: missing on create or null is refused.</summary>
    SystemRequired,
}
