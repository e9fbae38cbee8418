namespace Dataverse.Sync.Testing;

/// <summary>Whether a column requires a value.</summary>
public enum DataverseRequirement
{
    /// <summary>Optional.</summary>
    None,

    /// <summary>Required by forms only; the Web API accepts a row without it.</summary>
    ApplicationRequired,

    /// <summary>Required by the platform: a create without a value and <see langword="null"/> are refused.</summary>
    SystemRequired,
}
