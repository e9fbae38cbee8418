using System.Reflection;
using static Dataverse.Sync.AspNetCore.Tests.Senders;
using static Dataverse.Sync.AspNetCore.Tests.SyncProcess;

namespace Dataverse.Sync.AspNetCore.Tests.Receiving;

/// <summary>However many notifications come, the store is asked about once in the delay of a wake-up.</summary>
public sealed class WakeUpTests
{
    [Fact]
    public async Task Burst_asks_the_store_once_at_once_and_once_after_the_delay()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        _ = await process.NotifyAsync(Body(Entry(process, "customers")));
        await WokenTimesAsync(process, 1);

        for (var i = 0; i < 50; i++)
        {
            (await process.NotifyAsync(Body(Enumerable.Repeat(Entry(process, "customers"), 20)))).Should().Be(200);
        }

        await process.PutToSleepAsync();
        (await process.WokenAsync()).Should().BeEmpty();
        landscape.Time.Advance(TimeSpan.FromSeconds(1));
        await WokenTimesAsync(process, 2);
        await process.ShouldWakeAsync(Customers);

        // Nothing is left of the burst.
        await process.PutToSleepAsync();
        landscape.Time.Advance(TimeSpan.FromSeconds(5));
        _ = await process.NotifyAsync(Body(Entry(process, "vendors")));
        await process.ShouldWakeAsync(Vendors);
        process.Log.Entries.Count(entry => entry.Event == "Woken").Should().Be(3);
    }

    [Fact]
    public async Task Store_that_fails_is_told_of_and_the_sender_does_not_notice()
    {
        await using var landscape = await Landscape.StartAsync();
        var store = BrokenStore.Around(landscape.Store);
        await using var process = await SyncProcess.StartAsync(landscape, build: sync => sync.UseStore(_ => store));
        ((BrokenStore)(object)store).IsBroken = true;

        (await process.NotifyAsync(Body(Entry(process, "customers")))).Should().Be(200);
        await UntilAsync(() => process.Log.Entries.Any(entry => entry.Event == "NotWoken"));

        process.Log.Entries.Single(entry => entry.Event == "NotWoken").Text.Should().NotContain("secret value");
        ((BrokenStore)(object)store).IsBroken = false;
        landscape.Time.Advance(TimeSpan.FromSeconds(1));
        (await process.NotifyAsync(Body(Entry(process, "customers")))).Should().Be(200);
        await process.ShouldWakeAsync(Customers);
    }

    private static Task WokenTimesAsync(SyncProcess process, int times) =>
        UntilAsync(() => process.Log.Entries.Count(entry => entry.Event == "Woken") >= times);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Landscape.Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public interface IStore : ICouplingStore, IJobQueueStore;

    /// <summary>A store that fails when a test wants it to.</summary>
    public class BrokenStore : DispatchProxy
    {
        private object inner = null!;

        public bool IsBroken { get; set; }

        public static IStore Around(ICouplingStore store)
        {
            var proxy = Create<IStore, BrokenStore>();
            ((BrokenStore)(object)proxy).inner = store;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            IsBroken ? throw new InvalidOperationException("The secret value 42.") : targetMethod!.Invoke(inner, args);
    }
}
