namespace Dataverse.Sync;

/// <summary>How a credential is asked for the tokens of a connector.</summary>
public sealed class CredentialOptions
{
    /// <summary>
    /// The scope of the tokens. Null, the default, is the scope of the service: that of Business Central online, or
    /// <c>/.default</c> at the address of the Dataverse environment.
    /// </summary>
    public string? Scope { get; init; }

    /// <summary>The clock by which tokens expire. Default the clock of the system.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
