namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Who writes: the user whose name the rows bear, and the real one behind an impersonation.</summary>
/// <param name="User">The effective user.</param>
/// <param name="OnBehalf">The user who really called, when he acts as another.</param>
/// <param name="IsTrusted">Whether plug-ins and missing privileges are left out, as for the test's own writes.</param>
internal sealed record DataverseCaller(Guid User, Guid? OnBehalf = null, bool IsTrusted = false);
