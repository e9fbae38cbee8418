using Dataverse.Sync.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>A store with its clock and the lease that its caller holds last.</summary>
internal sealed class StoreUnderTest
{
    public static MappingKey Key => CouplingSamples.Customers;

    public StoreUnderTest(Func<TimeProvider, ICouplingStore> create) => Store = create(Time);

    public FakeTimeProvider Time { get; } = new(CouplingSamples.Start);

    public ICouplingStore Store { get; }

    public MappingLease Lease { get; set; } = new(Key, "nobody", 0, CouplingSamples.Start);

    /// <summary>Everything that can be read of the mapping, as text.</summary>
    public async Task<string> DescribeAsync()
    {
        var couplings = await Store.ListAsync(Key, CancellationToken.None).OrderBy(pair => pair.LocalId).ToListAsync();
        var found = await Store.FindAsync(
            Key, SyncSide.Integration, [.. Enumerable.Range(0, 8).Select(CouplingSamples.IntegrationId)], CancellationToken.None);
        IEnumerable<string> lines =
        [
            .. couplings.Select(Describe),
            $"count {await Store.CountAsync(Key, CancellationToken.None)}",
            .. found.OrderBy(pair => pair.IntegrationId).Select(Describe),
            .. (await Store.ListIntentsAsync(Key, CancellationToken.None)).Select(intent => $"{intent} {Describe(intent.Outcome)}"),
            .. InOrder(await Store.ListFailuresAsync(Key, CancellationToken.None).ToListAsync(), failure => failure.FirstFailedOn, failure => $"{failure}"),
            .. InOrder(await Store.ListConflictsAsync(Key, true, CancellationToken.None).ToListAsync(), conflict => conflict.DetectedOn, Describe),
            "open",
            .. InOrder(await Store.ListConflictsAsync(Key, false, CancellationToken.None).ToListAsync(), conflict => conflict.DetectedOn, Describe),
            $"{await Store.ReadStateAsync(Key, CancellationToken.None)}",
        ];
        return string.Join('\n', lines);
    }

    // Of two that are equally old either may come first.
    private static IEnumerable<string> InOrder<T>(List<T> items, Func<T, DateTimeOffset> age, Func<T, string> describe)
    {
        items.Select(age).Should().BeInAscendingOrder();
        return items.OrderBy(age).ThenBy(describe, StringComparer.Ordinal).Select(describe);
    }

    private static string Describe(Coupling pair) => $"{pair} {Describe(pair.Base)}";

    private static string Describe(RecordConflict conflict) => $"{conflict with { Fields = [] }} {string.Join(',', conflict.Fields)}";

    private static string Describe(SynchronizedBase? synchronized) => synchronized is null
        ? "no base"
        : $"{string.Join(',', synchronized.Shape.FieldMappings)} {string.Join(',', synchronized.Local.ToArray())} {string.Join(',', synchronized.Integration.ToArray())}";
}
