namespace Dataverse.Sync.Configuration;

/// <summary>How a connector signs in. A secret itself never stands in the section.</summary>
internal interface IConnectionSettings
{
    /// <summary>The key of the configuration under which the access token stands.</summary>
    string? AccessTokenFrom { get; }

    /// <summary>
    /// The key of the credential in the container; null for the credential that is registered without a key.
    /// </summary>
    string? Credential { get; }

    /// <summary>The scope of the tokens; null for the usual one of the service.</summary>
    string? CredentialScope { get; }
}
