namespace Dataverse.Sync.Shared;

/// <summary>What a limit counts.</summary>
internal enum LimitUnit
{
    /// <summary>Requests, by their weight.</summary>
    Requests,

    /// <summary>Seconds that the service spends on requests.</summary>
    Seconds,
}
