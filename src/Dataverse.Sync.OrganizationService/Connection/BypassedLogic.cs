namespace Dataverse.Sync.OrganizationService;

/// <summary>Custom business logic that writes may skip. Microsoft's own logic always runs.</summary>
[Flags]
public enum BypassedLogic
{
    /// <summary>Everything runs.</summary>
    None = 0,

    /// <summary>Custom synchronous plug-ins and real-time workflows are skipped.</summary>
    Synchronous = 1,

    /// <summary>Custom asynchronous plug-ins and background workflows are skipped.</summary>
    Asynchronous = 2,
}
