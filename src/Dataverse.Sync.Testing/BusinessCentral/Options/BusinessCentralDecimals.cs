namespace Dataverse.Sync.Testing;

/// <summary>The treatment of a number with more decimal places than its field has.</summary>
public enum BusinessCentralDecimals
{
    /// <summary>The write is refused: 400 <c>Application_FieldValidationException</c>.</summary>
    Refuse,

    /// <summary>The number is rounded silently.</summary>
    Round,

    /// <summary>The number is stored as sent.</summary>
    Keep,
}
