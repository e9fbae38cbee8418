namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>Positions of the switches of the organization service.</summary>
internal static class ServiceSwitches
{
    /// <summary>Every unverified behavior the other way than by default.</summary>
    public static EmulatedServiceOptions Other { get; } = new()
    {
        LostAnswersTimeOut = true,
        ChecksVersionsByDefault = true,
        OmitsVersionsWithoutConcurrency = true,
        AddsCurrencyToMoney = false,
        DateKind = DateTimeKind.Unspecified,
        BlanksAreNotEqual = false,
        ExpiredTokenCode = "0x80040203",
        TokensOnEveryPage = true,
    };
}
