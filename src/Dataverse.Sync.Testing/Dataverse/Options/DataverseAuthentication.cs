namespace Dataverse.Sync.Testing;

/// <summary>Which calls an emulator takes.</summary>
public enum DataverseAuthentication
{
    /// <summary>Any bearer token; a call without one is refused.</summary>
    AnyToken,

    /// <summary>Only tokens that the emulator's token endpoint issued and that have not expired.</summary>
    IssuedTokens,

    /// <summary>Every call, also without a token.</summary>
    None,
}
