namespace Dataverse.Sync.Testing;

/// <summary>
/// The treatment of a <see langword="null"/> in the body of a POST or PATCH. In a number or code it is always refused.
/// </summary>
public enum BusinessCentralNullValues
{
    /// <summary>The request is refused: 400 <c>BadRequest_RequiredParamNotProvided</c>.</summary>
    Refuse,

    /// <summary>The property is set to its blank value.</summary>
    Clear,

    /// <summary>The property does not change.</summary>
    Ignore,
}
