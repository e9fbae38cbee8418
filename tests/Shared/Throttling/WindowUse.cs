namespace Dataverse.Sync.TestSupport;

/// <summary>How much of the limit of a service a load uses in each window of time.</summary>
internal static class WindowUse
{
    /// <summary>Requires nine tenths of the limit in every window but one, and never more than the limit.</summary>
    /// <remarks>
    /// The clock may advance while a request that may be sent is still on its way to the emulator. On a busy machine this costs a part of one window.
    /// </remarks>
    /// <param name="used">What was used in each full window.</param>
    /// <param name="limit">The limit of a window.</param>
    public static void ShouldBeNineTenths(IEnumerable<double> used, double limit)
    {
        var shares = used.Select(value => value / limit).Order().ToList();
        shares.Should().HaveCountGreaterThanOrEqualTo(4).And.OnlyContain(share => share >= 0.8 && share <= 1);
        shares.Skip(1).Should().OnlyContain(share => share >= 0.9);
    }
}
