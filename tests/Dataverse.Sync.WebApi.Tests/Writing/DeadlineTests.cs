using static Dataverse.Sync.WebApi.Tests.StubService;
using static Dataverse.Sync.WebApi.Tests.WriteRequestTests;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>Requests with writes that must not be repeated have a latest time.</summary>
public sealed class DeadlineTests
{
    private static readonly Guid One = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Two = new("00000000-0000-4000-8000-000000000002");
    private static readonly Guid Three = new("00000000-0000-4000-8000-000000000003");

    [Fact]
    public async Task Inserts_and_writes_without_a_version_are_refused_after_their_time()
    {
        var service = new StubService(request => request.Line == "POST $batch" ? Batch([.. request.Parts.Select(_ => Part(204))]) : JsonAnswer($$"""{"Ids":["{{One}}"]}"""));

        var results = await WriteAsync(service, service.Time.GetUtcNow().AddTicks(-1), Insert(One), Update(Two, "W/\"7\"", ("name", default)), Update(Three, null, ("name", default)));

        results.Select(result => result.Status).Should().Equal(WriteStatus.Transient, WriteStatus.Applied, WriteStatus.Transient);
        service.Requests.Should().ContainSingle(request => request.Method == "POST").Which.Parts.Should().ContainSingle();
    }

    [Fact]
    public async Task A_version_that_the_service_does_not_compare_is_no_protection()
    {
        var service = new StubService(Page(WriteResponseTests.Row(One, "W/\"7\"")))
        {
            Definitions = new StubDefinitions { ChecksVersions = false },
        };

        var results = await WriteAsync(service, service.Time.GetUtcNow().AddTicks(-1), Update(One, "W/\"7\"", ("name", default)));

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Transient);
        service.Requests.Should().ContainSingle().Which.Method.Should().Be("GET");
    }

    [Fact]
    public async Task A_part_that_is_throttled_beyond_its_time_is_not_sent_again()
    {
        var service = new StubService(request => Batch([.. request.Parts.Select(_ => Part(429, ErrorBody("0x80072322"), "Retry-After: 60"))]));

        var results = await WriteAsync(service, service.Time.GetUtcNow().AddSeconds(30), Update(One, null, ("name", default)));

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Transient);
        service.Requests.Should().ContainSingle();
    }

    private static async Task<IReadOnlyList<WriteResult>> WriteAsync(StubService service, DateTimeOffset sendBefore, params WriteOperation[] operations)
    {
        using var connector = service.Connect();
        return await connector.WriteAsync(new WriteBatch("account", operations) { SendBefore = sendBefore }, default);
    }
}
