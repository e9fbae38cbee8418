namespace Dataverse.Sync.Testing;

/// <summary>
/// What happens to a null in the body of a POST or PATCH. In the number or code it is always refused.
/// </summary>
public enum BusinessCentralNullValues
{
    /// <summary>400 <c>BadRequest_RequiredParamNotProvided</c>.</summary>
    Refuse,

    /// <summary>The property is set to its blank value.</summary>
    Clear,

    /// <summary>The property is left alone.</summary>
    Ignore,
}
