using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.AspNetCore.Tests;

/// <summary>Both clouds, the public address, and the store, over a clock that only a test moves.</summary>
internal sealed class Landscape : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Landscape(FakeTimeProvider time, BusinessCentralEmulator central, DataverseEmulator dataverse, LoadBalancer balancer) =>
        (Time, Central, Dataverse, Balancer, Store) = (time, central, dataverse, balancer, new InMemoryCouplingStore(time));

    public FakeTimeProvider Time { get; }

    public BusinessCentralEmulator Central { get; }

    public DataverseEmulator Dataverse { get; }

    public LoadBalancer Balancer { get; }

    public ICouplingStore Store { get; init; }

    public Uri NotificationUrl => new(Balancer.Address, "hooks/business-central");

    public static async Task<Landscape> StartAsync(bool acceptsDoubles = true)
    {
        var time = new FakeTimeProvider(new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var central = await BusinessCentralEmulator.StartAsync(
            new() { TimeProvider = time, AcceptsDoubledSubscriptions = acceptsDoubles });
        _ = central.AddCompany("CRONUS");
        var dataverse = await DataverseEmulator.StartAsync(new() { TimeProvider = time });
        return new(time, central, dataverse, await LoadBalancer.StartAsync());
    }

    /// <summary>Lets time pass in steps of at most half an hour, after each of which the processes have worked.</summary>
    public async Task PassAsync(TimeSpan duration, params SyncProcess[] processes)
    {
        var longest = TimeSpan.FromMinutes(30);
        for (var left = duration; left > TimeSpan.Zero; left -= longest)
        {
            foreach (var process in processes)
            {
                process.Clock.Reset();
            }

            Time.Advance(left < longest ? left : longest);
            await Task.WhenAll(processes.Select(process => process.Clock.Waiting)).WaitAsync(Patience);
        }
    }

    /// <summary>The subscriptions as Business Central lists them.</summary>
    public async Task<IReadOnlyList<JsonObject>> SubscriptionsAsync()
    {
        using var http = new HttpClient(Central.CreateHandler());
        http.DefaultRequestHeaders.Authorization = new("Bearer", "token");
        var answer = JsonNode.Parse(await http.GetStringAsync(new Uri(Central.BaseAddress, "subscriptions")))!;
        return [.. answer["value"]!.AsArray().Select(row => row!.AsObject())];
    }

    /// <summary>The entity sets to which there are subscriptions.</summary>
    public async Task<IReadOnlyList<string>> SubscribedSetsAsync() =>
        [.. (await SubscriptionsAsync()).Select(row => ((string)row["resource"]!).Split('/')[^1]).Order(StringComparer.Ordinal)];

    /// <summary>Removes a subscription, as the service does after it was refused.</summary>
    public async Task DropAsync(string id)
    {
        using var http = new HttpClient(Central.CreateHandler());
        http.DefaultRequestHeaders.Authorization = new("Bearer", "token");
        http.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "*").Should().BeTrue();
        (await http.DeleteAsync(new Uri(Central.BaseAddress, $"subscriptions('{id}')"))).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await Central.DisposeAsync();
        await Dataverse.DisposeAsync();
        await Balancer.DisposeAsync();
    }
}
