using System.IO.Compression;
using System.Text;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>Answers that are broken below JSON, through the connectors' own client: one kind of error, few bytes read, nothing followed.</summary>
public sealed class WireTests
{
    private const int Limit = 1024 * 1024;
    private const string Ok = "HTTP/1.1 200 OK\nContent-Type: application/json\n";
    private const string Chunked = Ok + "Transfer-Encoding: chunked";

    /// <summary>Heads and bodies that no client can make sense of.</summary>
    public static TheoryData<SyncSide, string, string> Broken
    {
        get
        {
            (string Head, string Body)[] answers =
            [
                ("GARBAGE", ""),
                ("HTTP/1.1 abc OK", ""),
                ("HTTP/1.1 200 OK\nContent-Length: -1", "{}"),
                (Ok + "Content-Length: 1000", "{\"value\":["),
                (Ok + "Content-Length: 2\nContent-Length: 3", "{}"),
                (Chunked, "zz\r\n{}\r\n0\r\n\r\n"),
                (Chunked, "2\r\n{}"),
                (Chunked, "ffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
                (Ok + "Content-Encoding: gzip\nContent-Length: 9", "not gzip!"),
                (Ok + "Content-Encoding: br\nContent-Length: 9", "not br!!!"),
                (Ok + "Content-Encoding: deflate\nContent-Length: 9", "not zlib!"),
                (Ok + "X: " + new string('x', 100_000) + "\nContent-Length: 2", "{}"),
                ("HTTP/1.1 302 Found\nLocation: https://elsewhere.example/\nContent-Length: 0", ""),
                ("HTTP/1.1 204 No Content", ""),
                ("HTTP/1.1 206 Partial Content\nContent-Length: 10", "{\"value\":["),
                (Ok.Replace("application/json", "text/html", StringComparison.Ordinal) + "Content-Length: 13", "<html></html>"),
            ];
            var data = new TheoryData<SyncSide, string, string>();
            foreach (var (head, body) in answers)
            {
                data.Add(SyncSide.Local, head, body);
                data.Add(SyncSide.Integration, head, body);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_answer_is_one_kind_of_error_with_a_short_message(SyncSide side, string head, string body)
    {
        await using var server = RawServer.Answering(head, Encoding.Latin1.GetBytes(body));

        var failure = await FailureAsync(side, server);

        failure.Failure.Should().BeOneOf(ConnectorFailure.MalformedAnswer, ConnectorFailure.Unreachable);
        failure.Message.Length.Should().BeLessThan(300);
        failure.Message.Should().NotContain("elsewhere").And.NotContain("token");
    }

    [Theory]
    [InlineData(SyncSide.Local, "gzip")]
    [InlineData(SyncSide.Local, "br")]
    [InlineData(SyncSide.Integration, "gzip")]
    [InlineData(SyncSide.Integration, "br")]
    public async Task A_bomb_is_an_error(SyncSide side, string encoding)
    {
        var bomb = Pack(encoding, 64 * Limit);
        await using var server = RawServer.Answering($"{Ok}Content-Encoding: {encoding}\nContent-Length: {bomb.Length}", bomb);

        var failure = await FailureAsync(side, server);

        failure.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        failure.Message.Should().Contain($"{Limit} bytes");
        server.Connections.Should().Be(1);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task A_body_without_end_is_read_up_to_the_limit(SyncSide side)
    {
        var piece = Encoding.Latin1.GetBytes("4000\r\n" + new string(' ', 0x4000) + "\r\n");
        await using var server = RawServer.Streaming(Chunked, piece);

        var failure = await FailureAsync(side, server);

        failure.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        server.BytesSent.Should().BeGreaterThan(Limit).And.BeLessThan(64 * Limit, "what lies in the buffers of the sockets is sent too");
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task An_error_whose_body_has_no_end_is_judged_by_its_status(SyncSide side)
    {
        var piece = Encoding.Latin1.GetBytes("4000\r\n" + new string('x', 0x4000) + "\r\n");
        await using var server = RawServer.Streaming("HTTP/1.1 403 Forbidden\nTransfer-Encoding: chunked", piece);

        (await FailureAsync(side, server)).Failure.Should().Be(ConnectorFailure.Authorization);
    }

    [Theory]
    [InlineData(SyncSide.Local, "HTTP/1.1 200 OK\nContent-Length: 1000")]
    [InlineData(SyncSide.Integration, "HTTP/1.1 200 OK\nContent-Length: 1000")]
    [InlineData(SyncSide.Local, "HTTP/1.1 500 Error\nContent-Length: 1000")]
    [InlineData(SyncSide.Integration, "HTTP/1.1 500 Error\nContent-Length: 1000")]
    public async Task A_body_that_does_not_come_ends_with_the_time_that_an_attempt_may_take(SyncSide side, string head)
    {
        var isSent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = RawServer.Stalling(head, "{", isSent);
        var clock = new FakeTimeProvider();

        var reading = FailureAsync(side, server, clock);
        await isSent.Task;
        reading.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromMinutes(1));

        (await reading).Failure.Should().Be(ConnectorFailure.Unreachable);
    }

    private static async Task<ConnectorException> FailureAsync(SyncSide side, RawServer server, TimeProvider? clock = null)
    {
        ITableConnector connector = side == SyncSide.Local
            ? new BusinessCentralConnector(
                new()
                {
                    BaseAddress = new(server.Address, "v2.0/production/api/v2.0"),
                    Company = "CRONUS",
                    AccessToken = _ => new("token"),
                    MaxRetries = 0,
                    MaxResponseBytes = Limit,
                    RequestTimeout = TimeSpan.FromSeconds(30),
                },
                clock)
            : new WebApiConnector(
                new()
                {
                    EnvironmentUrl = server.Address,
                    AccessToken = _ => new("token"),
                    MaxRetries = 0,
                    MaxResponseBytes = Limit,
                    RequestTimeout = TimeSpan.FromSeconds(30),
                },
                clock);
        using var disposal = (IDisposable)connector;
        return (await connector.Invoking(it => it.GetSchemaAsync(side == SyncSide.Local ? "customers" : "account", default)).Should().ThrowAsync<ConnectorException>()).Which;
    }

    private static byte[] Pack(string encoding, int length)
    {
        var output = new MemoryStream();
        using (Stream packing = encoding == "gzip" ? new GZipStream(output, CompressionLevel.Optimal) : new BrotliStream(output, CompressionLevel.Fastest))
        {
            packing.Write(new byte[length]);
        }

        return output.ToArray();
    }
}
