using System.Buffers;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.Http.Tests;

public sealed class PooledBodyTests
{
    private const int Length = 300_000;

    [Fact]
    public async Task A_body_that_grows_is_sent_as_often_as_it_is_asked_for()
    {
        using var body = Filled();

        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var content = body.ToContent();
            content.Headers.ContentLength.Should().Be(Length);
            (await content.ReadAsByteArrayAsync()).Should().Equal(Enumerable.Range(0, Length).Select(index => (byte)index));
        }
    }

    [Fact]
    public async Task A_body_that_is_still_on_its_way_keeps_its_bytes_when_its_owner_is_done()
    {
        var body = Filled();
        using var content = body.ToContent();
        using var line = new SlowStream();
        var sending = content.CopyToAsync(line);

        body.Dispose();
        body.Dispose();
        Overwrite();
        line.Open();
        await sending;

        line.ToArray().Should().Equal(Enumerable.Range(0, Length).Select(index => (byte)index));
    }

    [Fact]
    public async Task A_body_whose_owner_is_done_is_not_sent()
    {
        var body = Filled();
        using var content = body.ToContent();
        body.Dispose();

        await content.Awaiting(it => it.CopyToAsync(Stream.Null)).Should().ThrowAsync<HttpRequestException>().WithInnerException(typeof(ObjectDisposedException));
        body.Invoking(it => it.GetSpan()).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void More_than_was_asked_for_cannot_be_written()
    {
        using var body = new PooledBody(16);

        body.Invoking(it => it.Advance(it.GetSpan().Length + 1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static PooledBody Filled()
    {
        var body = new PooledBody(16);
        for (var index = 0; index < Length; index++)
        {
            body.GetSpan(1)[0] = (byte)index;
            body.Advance(1);
        }

        return body;
    }

    // Whatever the pool gives out now must not be the body's array.
    private static void Overwrite()
    {
        foreach (var array in Enumerable.Range(0, 64).Select(_ => ArrayPool<byte>.Shared.Rent(Length)).ToList())
        {
            Array.Fill(array, (byte)0xee);
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private sealed class SlowStream : MemoryStream
    {
        private readonly TaskCompletionSource isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => isOpen.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await isOpen.Task.WaitAsync(cancellationToken);
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
