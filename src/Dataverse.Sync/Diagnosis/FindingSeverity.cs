namespace Dataverse.Sync;

/// <summary>Specifies how much a finding of a diagnosis matters.</summary>
public enum FindingSeverity : byte
{
    /// <summary>Worth knowing; nothing needs to be done.</summary>
    Information,

    /// <summary>Something does not work as one might expect, or will need a decision of a person.</summary>
    Warning,

    /// <summary>A run cannot do its work.</summary>
    Error,
}
