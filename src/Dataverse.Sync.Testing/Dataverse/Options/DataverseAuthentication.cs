namespace Dataverse.Sync.Testing;

/// <summary>The authentication that an emulator requires.</summary>
public enum DataverseAuthentication
{
    /// <summary>Any bearer token. Requests without a token are refused.</summary>
    AnyToken,

    /// <summary>An unexpired token from the token endpoint of the emulator.</summary>
    IssuedTokens,

    /// <summary>No authentication: every request is accepted.</summary>
    None,
}
