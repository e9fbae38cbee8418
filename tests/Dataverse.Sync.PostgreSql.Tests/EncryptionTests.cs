using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.PostgreSql.Tests;

[NeedsServer]
public sealed class EncryptionTests : IAsyncLifetime
{
    private static readonly CouplingDatabaseKey First = CouplingDatabaseKey.FromBytes(Enumerable.Repeat((byte)1, 32).ToArray());
    private static readonly CouplingDatabaseKey Second = CouplingDatabaseKey.FromBytes(Enumerable.Repeat((byte)2, 32).ToArray());

    private readonly TestSchema schema = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await schema.DisposeAsync();

    [Fact]
    public async Task Values_are_converted_to_a_key_to_another_one_and_back()
    {
        var plain = schema.Open();
        await plain.CommitAsync(new()
        {
            Lease = await plain.LeaseAsync(),
            Couplings = Pairs(1, 1_500),
            Intents = [Intent(1)],
            Conflicts = [Conflict(1)],
        });

        await ShouldHaveEverythingAsync(Open(First));
        (await schema.RunAsync("SELECT count(*) FROM [schema].coupling WHERE get_byte(base, 0) = 225")).Should().Be(1_500L);
        await ShouldHaveEverythingAsync(Open(Second, previous: First));
        await ShouldHaveEverythingAsync(Open(key: null, previous: Second));
        (await schema.RunAsync("SELECT convert_from(business_key, 'UTF8') FROM [schema].intent")).Should().Be(Intent(1).BusinessKey);
    }

    [Fact]
    public async Task Store_is_not_opened_without_its_key()
    {
        _ = await Open(First).LeaseAsync();

        (await StoreCalls.FailureOfAsync(() => Open(null).CountAsync())).Failure.Should().Be(CouplingStoreFailure.WrongKey);
        (await StoreCalls.FailureOfAsync(() => Open(Second).CountAsync())).Failure.Should().Be(CouplingStoreFailure.WrongKey);
    }

    [Fact]
    public async Task Engine_without_the_key_writes_nothing_after_another_one_encrypted_the_store()
    {
        var plain = schema.Open();
        var lease = await plain.LeaseAsync();
        _ = await Open(First).CountAsync();

        var failure = await StoreCalls.FailureOfAsync(() => plain.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] }));

        failure.Failure.Should().Be(CouplingStoreFailure.WrongKey);
        (await Open(First).CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Engines_that_encrypt_at_once_encrypt_once()
    {
        var plain = schema.Open();
        await plain.CommitAsync(new() { Lease = await plain.LeaseAsync(), Couplings = Pairs(1, 200) });

        var found = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open(First).ListAsync())));

        found.Should().OnlyContain(couplings => couplings.Count == 200);
    }

    private PostgreSqlCouplingStore Open(CouplingDatabaseKey? key, CouplingDatabaseKey? previous = null) =>
        schema.Open(options: schema.Options() with { EncryptionKey = key, PreviousEncryptionKey = previous });

    private static async Task ShouldHaveEverythingAsync(PostgreSqlCouplingStore store)
    {
        (await store.ListAsync()).OrderBy(pair => pair.LocalVersion).Should().Equal(Pairs(1, 1_500));
        (await store.ListIntentsAsync(Customers, default)).Should().Equal(Intent(1));
        (await store.ListConflictsAsync(Customers, includeResolved: true, default).ToListAsync()).Should().BeEquivalentTo([Conflict(1)]);
    }
}
