using Dataverse.Sync.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static Dataverse.Sync.WebApi.Tests.StubService;
using static Dataverse.Sync.WebApi.Tests.WriteRequestTests;

namespace Dataverse.Sync.WebApi.Tests.Throttling;

public sealed class RefusedPartTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(9);

    [Fact]
    public async Task A_part_of_a_batch_that_is_refused_holds_back_every_request_of_the_account()
    {
        var isRefused = true;
        var service = new StubService(request =>
        {
            var part = isRefused ? Part(429, ErrorBody("0x80072322"), "Retry-After: 9") : Part(204);
            isRefused = false;
            return request.Line.EndsWith("$batch", StringComparison.Ordinal) ? Batch(part) : Page(string.Empty);
        });
        var time = new PausingClock();
        var settings = new HttpConnectionSettings
        {
            Connector = "Dataverse",
            BaseAddress = new Uri("https://contoso.crm4.dynamics.com"),
            AccessToken = _ => new("secret"),
            MaxConcurrency = 1,
            TimeProvider = time,
            Logger = NullLogger.Instance,
        };
        var options = new WebApiOptions { EnvironmentUrl = settings.BaseAddress, AccessToken = settings.AccessToken, HttpMessageHandler = service, MaxConcurrency = 1 };
        using var connector = new WebApiConnector(options, time);
        var governor = settings.ShareGovernor();

        var write = connector.WriteAsync(new WriteBatch("account", [Update(Guid.NewGuid(), null, ("name", FieldValue.Text("A")))]), default);
        await time.Paused;
        var read = connector.ReadKeysAsync("account", default).GetAsyncEnumerator();
        var next = read.MoveNextAsync().AsTask();
        while (governor.Waiting == 0 && !next.IsCompleted)
        {
            await Task.Yield();
        }

        service.Requests.Should().ContainSingle("the read waits although the refusal was no answer to it");
        for (time.Advance(Pause); !write.IsCompleted || !next.IsCompleted; time.Advance(TimeSpan.FromMilliseconds(100)))
        {
            await Task.Yield();
        }

        (await write)[0].Status.Should().Be(WriteStatus.Applied);
        await read.DisposeAsync();
    }

    /// <summary>Tells when the connector begins to pause.</summary>
    private sealed class PausingClock : FakeTimeProvider
    {
        private readonly TaskCompletionSource paused = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Paused => paused.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == Pause)
            {
                _ = paused.TrySetResult();
            }

            return timer;
        }
    }
}
