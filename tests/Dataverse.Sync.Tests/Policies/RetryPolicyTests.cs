using CsCheck;

namespace Dataverse.Sync.Tests.Policies;

public sealed class RetryPolicyTests
{
    private static readonly Gen<TimeSpan> Delays = Gen.Long[0, TimeSpan.MaxValue.Ticks].Select(TimeSpan.FromTicks);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(11, 1024)]
    [InlineData(12, 1440)]
    [InlineData(int.MaxValue, 1440)]
    public void Delay_doubles_with_every_failure_up_to_the_longest(int attempts, int minutes) =>
        new RetryPolicy().DelayAfter(attempts).Should().Be(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData(24)]
    [InlineData(31)]
    [InlineData(5_000)]
    public void Delay_of_hours_that_doubles_often_does_not_overflow(int attempts) =>
        new RetryPolicy { FirstDelay = TimeSpan.FromHours(6), LongestDelay = TimeSpan.FromDays(3650) }.DelayAfter(attempts)
            .Should().Be(TimeSpan.FromDays(3650));

    [Fact]
    public void Delay_of_nothing_stays_nothing() =>
        new RetryPolicy { FirstDelay = TimeSpan.Zero }.DelayAfter(int.MaxValue).Should().Be(TimeSpan.Zero);

    [Fact]
    public void Delay_never_shrinks_and_never_exceeds_the_longest() =>
        Gen.Select(Delays, Delays, Gen.Int[1, 100]).Sample((first, longest, attempts) =>
        {
            var policy = new RetryPolicy { FirstDelay = first, LongestDelay = longest };
            var (delay, next) = (policy.DelayAfter(attempts), policy.DelayAfter(attempts + 1));
            return delay >= TimeSpan.Zero && delay <= next && next <= longest;
        });
}
