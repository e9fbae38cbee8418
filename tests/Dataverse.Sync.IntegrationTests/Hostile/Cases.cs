using CsCheck;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>The numbers of generated cases; <c>CsCheck_Iter</c>, 100 where it is not set, changes all of them in proportion.</summary>
internal static class Cases
{
    public static long Of(int usual) => Math.Max(1, usual * Check.Iter / 100);
}
