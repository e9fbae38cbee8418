using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.BusinessCentral.Tests.Writing;

/// <summary>Requests with writes that must not be repeated have a latest time.</summary>
public sealed class DeadlineTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 17, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = new("aaaaaaaa-0000-0000-0000-000000000001");

    [Fact]
    public async Task An_insert_is_not_sent_after_its_time_and_an_update_with_a_version_is()
    {
        using var service = StubService.Answering(request => StubBatch.Answer(request, _ => (200, StubBatch.Customer(Id))));

        var results = await service.Connector.WriteAsync(
            new WriteBatch("customers", [Insert(), Update("W/\"old\""), Update(null) with { Id = new("aaaaaaaa-0000-0000-0000-000000000002") }]) { SendBefore = Start.AddTicks(-1) }, default);

        results.Select(result => result.Status).Should().Equal(WriteStatus.Transient, WriteStatus.Applied, WriteStatus.Transient);
        results[0].Error!.Code.Should().Be(SyncErrorCodes.Transient);
        StubBatch.PartsOf(service.Requests.Should().ContainSingle().Subject).Should().ContainSingle();
    }

    [Fact]
    public async Task An_insert_is_not_repeated_after_a_pause_that_passes_its_time()
    {
        using var service = StubService.Answering(request =>
        {
            var response = StubHandler.Error(429, "Application_TooManyRequests");
            response.Headers.Add("Retry-After", "60");
            return response;
        });

        var result = (await service.Connector.WriteAsync(
            new WriteBatch("customers", [Insert()]) { SendBefore = Start.AddSeconds(59) }, default)).Single();

        result.Status.Should().Be(WriteStatus.Transient);
        service.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task An_insert_is_not_sent_after_a_wait_for_the_token_that_passes_its_time()
    {
        var clock = new FakeTimeProvider(Start);
        var writes = 0;
        using var connector = new BusinessCentralConnector(
            Options(request => { writes++; return StubBatch.Answer(request, _ => (201, StubBatch.Customer(Id))); }, () => clock.Advance(TimeSpan.FromMinutes(1))), clock);

        var result = (await connector.WriteAsync(new WriteBatch("customers", [Insert()]) { SendBefore = Start.AddMinutes(2.5) }, default)).Single();

        (result.Status, writes).Should().Be((WriteStatus.Transient, 0), "companies, metadata, and the write take a minute each");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_later_one_of_wall_clock_and_monotonic_clock_counts(bool isMonotonic)
    {
        var clock = new TwoClocks(Start);
        var writes = 0;
        using var connector = new BusinessCentralConnector(
            Options(
                request => { writes++; return StubBatch.Answer(request, _ => (201, StubBatch.Customer(Id))); },
                () => clock.Move(isMonotonic ? TimeSpan.FromHours(-1) : TimeSpan.FromHours(1), isMonotonic ? TimeSpan.FromHours(1) : TimeSpan.Zero)),
            clock);

        var result = (await connector.WriteAsync(new WriteBatch("customers", [Insert()]) { SendBefore = Start.AddMinutes(30) }, default)).Single();

        (result.Status, writes).Should().Be((WriteStatus.Transient, 0));
    }

    private static BusinessCentralOptions Options(Func<SentRequest, HttpResponseMessage> write, Action onToken) => new()
    {
        BaseAddress = new Uri($"{StubService.Origin}/api/v2.0"),
        Company = "CRONUS",
        AccessToken = _ =>
        {
            onToken();
            return new("t");
        },
        HttpMessageHandler = new StubHandler(request => request.Address.AbsolutePath switch
        {
            var path when path.EndsWith("/companies", StringComparison.Ordinal) => StubHandler.Json($$"""{"value":[{"id":"{{StubService.Company}}","name":"CRONUS","displayName":""}]}"""),
            var path when path.EndsWith("/$metadata", StringComparison.Ordinal) => StubHandler.Json(StubService.Metadata),
            _ => write(request),
        }),
    };

    private static WriteOperation Insert() => new() { Kind = WriteKind.Insert, Id = Guid.Empty, Fields = [new("displayName", FieldValue.Text("New"))] };

    private static WriteOperation Update(string? version) =>
        new() { Kind = WriteKind.Update, Id = Id, ExpectedVersion = version, Fields = [new("displayName", FieldValue.Text("New"))] };

    /// <summary>A wall clock and a monotonic clock that move apart. Its timers never fire.</summary>
    private sealed class TwoClocks(DateTimeOffset start) : TimeProvider
    {
        private DateTimeOffset wall = start;
        private long monotonic;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Move(TimeSpan wallClock, TimeSpan monotonicClock)
        {
            wall += wallClock;
            monotonic += monotonicClock.Ticks;
        }

        public override DateTimeOffset GetUtcNow() => wall;

        public override long GetTimestamp() => monotonic;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NoTimer();

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
