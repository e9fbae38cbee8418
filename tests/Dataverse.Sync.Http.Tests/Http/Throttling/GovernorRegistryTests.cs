using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Http.Tests;

public sealed class GovernorRegistryTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Share_gives_connections_of_one_origin_and_token_source_the_same_governor()
    {
        var settings = Settings();

        var companies = (settings with { BaseAddress = new Uri("https://erp.example/v2.0/sandbox/api/v2.0") }).ShareGovernor();

        companies.Should().BeSameAs(settings.ShareGovernor());
    }

    [Fact]
    public void Share_tells_origins_and_users_apart()
    {
        var settings = Settings();

        var governors = new[]
        {
            settings,
            settings with { BaseAddress = new Uri("https://erp.example:444/v2.0/production/api/v2.0") },
            settings with { AccessToken = TokenSource() },
            settings with { Account = "first" },
            settings with { Account = "second" },
        }.Select(item => item.ShareGovernor()).ToList();

        governors.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Share_goes_by_the_name_of_the_account_where_it_is_given()
    {
        var settings = Settings() with { Account = "first" };

        (settings with { AccessToken = TokenSource() }).ShareGovernor().Should().BeSameAs(settings.ShareGovernor());
    }

    [Fact]
    public void Share_lets_the_smaller_numbers_hold()
    {
        var settings = Settings();

        var governor = (settings with { MaxConcurrency = 5 }).ShareGovernor();
        _ = (settings with { MaxConcurrency = 2 }).ShareGovernor();

        governor.Concurrency.Should().Be(2);
    }

    [Fact]
    public async Task Share_remembers_what_a_connection_that_is_gone_has_sent()
    {
        var settings = Settings() with { Limits = [new() { Unit = LimitUnit.Requests, Amount = 100, Window = TimeSpan.FromMinutes(5) }] };
        for (var number = 0; number < 40; number++)
        {
            using var connection = new HttpConnection(settings with { Handler = new StubHandler(_ => StubHandler.Json("{}")) });
            using var answer = await connection.SendAsync(Connections.Get(), default);
        }

        GC.Collect();
        var governor = settings.ShareGovernor();

        var entries = Enumerable.Range(0, 20).Select(_ => governor.EnterAsync(1, default).AsTask()).ToList();
        entries.Count(entry => entry.IsCompleted).Should().BeInRange(1, 10);
    }

    private HttpConnectionSettings Settings() =>
        Connections.Settings(new StubHandler(_ => StubHandler.Json("{}")), time) with { AccessToken = TokenSource(), MaxConcurrency = 50 };

    private static Func<CancellationToken, ValueTask<string>> TokenSource()
    {
        var token = Guid.NewGuid().ToString();
        return _ => new(token);
    }
}
