namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>How far a privilege reaches, with the numbers of the SDK's type.</summary>
public enum PrivilegeDepth
{
    /// <summary>The user's own rows.</summary>
    Basic = 0,

    /// <summary>The user's business unit.</summary>
    Local = 1,

    /// <summary>The user's business unit and those below it.</summary>
    Deep = 2,

    /// <summary>The organization.</summary>
    Global = 3,
}
