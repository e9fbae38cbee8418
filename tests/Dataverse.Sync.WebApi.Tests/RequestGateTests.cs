using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi.Tests;

public sealed class RequestGateTests
{
    [Theory]
    [InlineData(3, 3)]
    [InlineData(100, 8)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    public async Task SetLimit_lets_as_many_enter_as_recommended_up_to_the_greatest_number(int wanted, int expected)
    {
        using var gate = new RequestGate(8, TimeProvider.System);
        gate.SetLimit(5);

        gate.SetLimit(wanted);

        (await CountAsync(gate)).Should().Be(expected);
    }

    [Fact]
    public async Task SetLimit_below_the_requests_under_way_lets_them_finish_and_admits_fewer_after()
    {
        using var gate = new RequestGate(8, TimeProvider.System);
        var inside = await CountAsync(gate);

        gate.SetLimit(2);
        for (var left = 0; left < inside; left++)
        {
            gate.Leave();
        }

        inside.Should().Be(8);
        (await CountAsync(gate)).Should().Be(2);
    }

    [Fact]
    public async Task SetLimit_up_again_while_slots_are_still_owed_admits_the_difference()
    {
        using var gate = new RequestGate(8, TimeProvider.System);
        _ = await CountAsync(gate);

        gate.SetLimit(2);
        gate.SetLimit(6);
        gate.Leave();
        gate.Leave();
        gate.Leave();

        (await CountAsync(gate)).Should().Be(1, "of eight inside three left, and six may be");
    }

    private static async Task<int> CountAsync(RequestGate gate)
    {
        var entered = 0;
        while (true)
        {
            using var cancellation = new CancellationTokenSource();
            var entry = gate.EnterAsync(cancellation.Token);
            if (!entry.IsCompleted)
            {
                await cancellation.CancelAsync();
                await entry.AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
                return entered;
            }

            entered++;
        }
    }
}
