using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Dataverse.Sync.AspNetCore.Tests.Senders;
using static Dataverse.Sync.AspNetCore.Tests.SyncProcess;

namespace Dataverse.Sync.AspNetCore.Tests.Endpoints;

/// <summary>Requests that are slow, cut off, or huge, and applications that are strict.</summary>
public sealed class OddRequestTests
{
    [Fact]
    public async Task Body_that_does_not_go_on_is_judged_by_its_beginning()
    {
        var time = new FakeTimeProvider();
        var body = new StuckStream("""{"value":[{"""u8.ToArray());
        var context = new DefaultHttpContext { Request = { Body = body } };
        var reading = BodyReader.ReadAsync(context.Request, 100_000, time, default);
        await body.Stuck;

        time.Advance(TimeSpan.FromSeconds(10));

        var (read, isWhole) = await reading;
        (Encoding.UTF8.GetString(read.Span), isWhole).Should().Be(("""{"value":[{""", false));
    }

    [Fact]
    public async Task Reading_ends_with_the_request()
    {
        using var aborted = new CancellationTokenSource();
        var body = new StuckStream([1]);
        var context = new DefaultHttpContext { Request = { Body = body } };
        var reading = BodyReader.ReadAsync(context.Request, 100_000, new FakeTimeProvider(), aborted.Token);
        await body.Stuck;

        await aborted.CancelAsync();

        var read = () => reading;
        await read.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Sender_that_hangs_up_leaves_nothing_behind()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        using (var connection = new TcpClient(process.Address.Host, process.Address.Port))
        {
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                "POST /hooks/business-central HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n{\"value\":["));
            connection.Client.LingerState = new(true, 0);
        }

        (await process.NotifyAsync(Body(Entry(process, "vendors")))).Should().Be(200);

        await process.ShouldWakeAsync(Vendors);
    }

    [Fact]
    public async Task Genuine_body_beyond_the_limit_of_the_server_is_not_lost()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        var entry = Entry(process, "items");

        (await process.NotifyAsync(Body(Enumerable.Repeat(entry, (31 * 1024 * 1024) / entry.Length)))).Should().Be(200);

        await process.ShouldWakeAsync(Customers, Vendors, Contacts);
    }

    [Fact]
    public async Task Application_that_lets_nobody_in_without_a_sign_in_lets_webhooks_in()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(
            landscape,
            build: sync => sync.Services.AddAuthorization(options => options.FallbackPolicy = new(
                [new Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement()], [])),
            use: app => app.UseAuthorization());

        (await process.NotifyAsync(Body(Entry(process, "vendors")))).Should().Be(200);

        await process.ShouldWakeAsync(Vendors);
    }

    /// <summary>A body whose sender falls silent.</summary>
    private sealed class StuckStream(byte[] beginning) : MemoryStream(beginning)
    {
        private readonly TaskCompletionSource stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stuck => stuck.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            if (count == 0)
            {
                _ = stuck.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return count;
        }
    }
}
