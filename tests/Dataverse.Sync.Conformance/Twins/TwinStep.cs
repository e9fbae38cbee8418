namespace Dataverse.Sync.Conformance;

/// <summary>What happens to both tables.</summary>
public enum TwinStepKind
{
    /// <summary>Another user creates a row.</summary>
    Insert,

    /// <summary>Another user changes a field.</summary>
    Edit,

    /// <summary>Another user deletes a row.</summary>
    Delete,

    /// <summary>The connector creates a row, perhaps under the key of another one.</summary>
    WriteInsert,

    /// <summary>The connector changes a field, with the current version, an older one, or none.</summary>
    Write,

    /// <summary>The connector deletes a row, in the same three ways.</summary>
    WriteDelete,

    /// <summary>A row is changed by a server whose clock is ahead.</summary>
    StampAhead,

    /// <summary>Time passes, and the connector reads what has changed since the last time, through one of several filters.</summary>
    Poll,
}

/// <summary>A step of a history; each part of it takes the numbers that it needs.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Row">Chooses the row.</param>
/// <param name="Field">Chooses the field.</param>
/// <param name="Value">Chooses the value, the version, or the filter.</param>
public sealed record TwinStep(TwinStepKind Kind, int Row, int Field, int Value);
