using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Counts the requests without a valid secret by the address from which they come.</summary>
/// <remarks>
/// <para>Only failures count. A genuine service that shares the address of a stranger, such as that of a proxy, is
/// recognized by its secret first and passes.</para>
/// <para>Addresses are hashed into a fixed number of partitions, so that a stranger with many addresses costs no memory.
/// The hash differs from process to process. Of an IPv6 address the network counts, because a host has all of it.</para>
/// </remarks>
internal sealed class StrangerLimit : IDisposable
{
    private const int Partitions = 256;
    private const int NetworkBytes = 8;

    private readonly PartitionedRateLimiter<int> limiter;

    /// <summary>Initializes a new instance of the <see cref="StrangerLimit"/> class.</summary>
    /// <param name="permitsPerMinute">The requests of a partition that pass in a minute.</param>
    public StrangerLimit(int permitsPerMinute) => limiter = PartitionedRateLimiter.Create<int, int>(
        partition => RateLimitPartition.GetFixedWindowLimiter(partition, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = permitsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    /// <summary>Whether the address has no failure left.</summary>
    public bool IsReached(IPAddress? address)
    {
        using var lease = limiter.AttemptAcquire(PartitionOf(address), permitCount: 0);
        return !lease.IsAcquired;
    }

    /// <summary>Counts a failure.</summary>
    /// <returns>Whether the address had one left.</returns>
    public bool TryCount(IPAddress? address)
    {
        using var lease = limiter.AttemptAcquire(PartitionOf(address));
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();

    private static int PartitionOf(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        _ = plain.TryWriteBytes(bytes, out var length);
        var hash = new HashCode();
        hash.AddBytes(bytes[..(plain.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkBytes : length)]);
        return (int)((uint)hash.ToHashCode() % Partitions);
    }
}
