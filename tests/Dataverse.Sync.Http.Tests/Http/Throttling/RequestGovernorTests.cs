using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Http.Tests;

public sealed class RequestGovernorTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Enter_lets_no_light_request_past_a_heavy_one()
    {
        var governor = Governor(concurrency: 5, perWindow: 100);
        Leave(PassOf(Enter(governor, weight: 40)));
        var (heavy, light) = (Enter(governor, weight: 60), Enter(governor));

        Pass(99);
        var before = (heavy.IsCompleted, light.IsCompleted);
        Pass(1);

        before.Should().Be((false, false), "the heavy one does not fit yet and the light one stands behind it");
        heavy.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public void Enter_serves_those_who_wait_in_their_order()
    {
        var governor = Governor(concurrency: 1);
        var entries = Enumerable.Range(0, 5).Select(_ => Enter(governor)).ToList();

        for (var number = 0; number < entries.Count; number++)
        {
            entries.Select(entry => entry.IsCompleted).Should().Equal(Enumerable.Range(0, entries.Count).Select(place => place <= number));
            Leave(PassOf(entries[number]));
        }
    }

    [Fact]
    public async Task Enter_can_be_cancelled_at_every_wait_and_leaves_no_gap()
    {
        var governor = Governor(concurrency: 1);
        using var cancellation = new CancellationTokenSource();
        var inside = PassOf(Enter(governor));
        var (given, next) = (governor.EnterAsync(1, cancellation.Token).AsTask(), Enter(governor));

        await cancellation.CancelAsync();
        Leave(inside);

        (await given.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        next.IsCompletedSuccessfully.Should().BeTrue();
        (governor.UnderWay, governor.Waiting).Should().Be((1, 0));
    }

    [Fact]
    public async Task Enter_that_is_cancelled_makes_way_for_a_lighter_request_behind_it()
    {
        var governor = Governor(concurrency: 5, perWindow: 100);
        using var cancellation = new CancellationTokenSource();
        Leave(PassOf(Enter(governor, weight: 40)));
        var (heavy, light) = (governor.EnterAsync(90, cancellation.Token).AsTask(), Enter(governor));
        var wasHeld = !light.IsCompleted;

        await cancellation.CancelAsync();

        (wasHeld, heavy.IsCanceled, light.IsCompletedSuccessfully).Should().Be((true, true, true));
    }

    [Fact]
    public void Concurrency_grows_by_one_for_each_round_of_successes_that_needed_more()
    {
        var governor = Governor(concurrency: 4, start: 1);
        var entries = Enumerable.Range(0, 40).Select(_ => Enter(governor)).ToList();
        var limits = new List<int>();

        for (var number = 0; number < 10; number++)
        {
            Leave(PassOf(entries[number]));
            limits.Add(governor.Concurrency);
        }

        limits.Should().Equal(2, 2, 3, 3, 3, 4, 4, 4, 4, 4);
    }

    [Fact]
    public void Concurrency_that_is_not_needed_does_not_grow()
    {
        var governor = Governor(concurrency: 4, start: 2);

        for (var number = 0; number < 10; number++)
        {
            Leave(PassOf(Enter(governor)));
        }

        governor.Concurrency.Should().Be(2);
    }

    [Fact]
    public void Refusals_halve_the_concurrency_once_for_all_requests_that_were_under_way()
    {
        var governor = Governor(concurrency: 8);
        var passes = Enumerable.Range(0, 8).Select(_ => PassOf(Enter(governor))).ToList();

        passes.ForEach(pass => pass.Refuse(Second, isOverLimit: true));
        passes.ForEach(pass => Leave(pass));
        time.Advance(Second);
        var afterFirst = governor.Concurrency;
        PassOf(Enter(governor)).Refuse(Second, isOverLimit: true);

        (afterFirst, governor.Concurrency).Should().Be((4, 2));
    }

    [Fact]
    public void A_recommendation_is_where_the_concurrency_starts_and_a_lower_one_is_followed()
    {
        var governor = Governor(concurrency: 16, start: 5);
        Report(governor, recommended: 12);
        var first = governor.Concurrency;
        PassOf(Enter(governor)).Refuse(TimeSpan.FromTicks(1), isOverLimit: true);
        time.Advance(Second);
        Report(governor, recommended: 12);
        var repeated = governor.Concurrency;
        Report(governor, recommended: 3);

        (first, repeated, governor.Concurrency).Should().Be((12, 6, 3));
    }

    [Theory]
    [InlineData(100, 16)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    public void A_recommendation_out_of_bounds_is_taken_to_the_bounds(int recommended, int expected)
    {
        var governor = Governor(concurrency: 16, start: 5);

        Report(governor, recommended);

        governor.Concurrency.Should().Be(expected);
    }

    [Fact]
    public void A_pause_that_the_service_asks_for_holds_every_request_back()
    {
        var governor = Governor(concurrency: 8);
        var (refused, other) = (PassOf(Enter(governor)), PassOf(Enter(governor)));
        refused.Refuse(30 * Second, isOverLimit: true);
        other.Refuse(10 * Second, isOverLimit: true);
        Leave(refused);
        Leave(other);
        var entries = Enumerable.Range(0, 3).Select(_ => Enter(governor)).ToList();

        time.Advance(30 * Second - TimeSpan.FromMilliseconds(1));
        var before = entries.Count(entry => entry.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        (before, entries.Count(entry => entry.IsCompleted)).Should().Be((0, 3));
    }

    [Fact]
    public void Pauses_grow_while_refusals_go_on_and_begin_anew_after_a_success()
    {
        var governor = Governor(concurrency: 8);
        var pauses = new List<double>();
        for (var round = 0; round < 4; round++)
        {
            pauses.Add(PauseAfterRefusal(governor).TotalSeconds);
        }

        Leave(PassOf(Enter(governor)));

        pauses.Should().Equal(1, 2, 4, 8);
        PauseAfterRefusal(governor).Should().Be(Second);
    }

    [Fact]
    public void A_quiet_account_may_use_half_of_the_window_at_once_and_the_rest_evenly()
    {
        var governor = Governor(concurrency: 1_000, perWindow: 100);
        var entries = Enumerable.Range(0, 200).Select(_ => Enter(governor)).ToList();
        entries.ForEach(entry => entry.ContinueWith(done => Leave(PassOf(done)), TaskContinuationOptions.ExecuteSynchronously));
        var admitted = new List<int>();

        for (var second = 0; second < 100; second += 10)
        {
            admitted.Add(entries.Count(entry => entry.IsCompleted));
            Pass(10);
        }

        admitted[0].Should().BeInRange(48, 50);
        admitted.Take(5).Zip(admitted.Skip(1), (one, next) => next - one).Should().OnlyContain(step => step >= 9 && step <= 10);
        admitted[^1].Should().Be(97, "three of a hundred are left for others");
    }

    [Fact]
    public void A_request_heavier_than_the_window_goes_alone()
    {
        var governor = Governor(concurrency: 5, perWindow: 50);

        var first = Enter(governor, weight: 80);
        var second = Enter(governor, weight: 80);
        Leave(PassOf(first));
        Pass(99);
        var wasHeld = !second.IsCompleted;
        Pass(62);

        (wasHeld, second.IsCompletedSuccessfully).Should().Be((true, true));
    }

    [Fact]
    public void An_account_whose_window_others_have_used_up_tries_again_before_it_is_over()
    {
        var governor = Governor(concurrency: 5, perWindow: 100);
        Report(governor, remaining: 0);
        var entry = Enter(governor);
        var wasHeld = !entry.IsCompleted;

        Pass(15);

        (wasHeld, entry.IsCompletedSuccessfully).Should().Be((true, true));
    }

    private TimeSpan PauseAfterRefusal(RequestGovernor governor)
    {
        var pass = PassOf(Enter(governor));
        pass.Refuse(null, isOverLimit: true);
        Leave(pass);
        var (next, paused) = (Enter(governor), TimeSpan.Zero);
        for (; !next.IsCompleted; paused += Second)
        {
            time.Advance(Second);
        }

        // Over without an answer, so neither a success nor a refusal.
        next.Result.Dispose();
        return paused;
    }

    private void Pass(int seconds)
    {
        for (var tenth = 0; tenth < seconds * 10; tenth++)
        {
            time.Advance(Second / 10);
        }
    }

    private RequestGovernor Governor(int concurrency, int? start = null, int? perWindow = null) => new(
        (Connections.Settings(new StubHandler(_ => StubHandler.Json("{}")), time) with
        {
            MaxConcurrency = concurrency,
            StartConcurrency = start,
            Limits = perWindow is { } amount ? [new() { Unit = LimitUnit.Requests, Amount = amount, Window = 100 * Second }] : [],
        }).ToGovernorSettings());

    private static Task<RequestPass> Enter(RequestGovernor governor, int weight = 1) => governor.EnterAsync(weight, default).AsTask();

    private static RequestPass PassOf(Task<RequestPass> entry)
    {
        entry.IsCompletedSuccessfully.Should().BeTrue();
        return entry.Result;
    }

    private static void Leave(RequestPass pass, ServiceReport? report = null)
    {
        pass.Report = report ?? new ServiceReport { IsServed = true, Remaining = [null] };
        pass.Dispose();
    }

    private static void Report(RequestGovernor governor, int? recommended = null, double? remaining = null) =>
        Leave(PassOf(Enter(governor)), new ServiceReport { IsServed = true, Concurrency = recommended, Remaining = [remaining] });
}
