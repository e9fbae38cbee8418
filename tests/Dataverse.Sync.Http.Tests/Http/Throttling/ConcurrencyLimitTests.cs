using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http.Tests;

public sealed class ConcurrencyLimitTests
{
    [Fact]
    public void Recommendation_is_where_the_search_begins()
    {
        var limit = new ConcurrencyLimit(start: 2, greatest: 16);
        limit.Recommend(4);

        Succeed(limit, rounds: 3);

        limit.Current.Should().Be(7);
    }

    [Fact]
    public void Recommendation_is_the_greatest_number_where_the_limit_keeps_to_it()
    {
        var limit = new ConcurrencyLimit(start: 2, greatest: 16, keepsToHint: true);
        limit.Recommend(4);
        Succeed(limit, rounds: 3);
        var before = limit.Current;
        limit.Halve();
        Succeed(limit, rounds: 9);
        var after = limit.Current;

        limit.Recommend(40);

        (before, after, limit.Current).Should().Be((4, 4, 16));
    }

    [Fact]
    public void Start_is_the_greatest_number_where_nothing_is_recommended()
    {
        var limit = new ConcurrencyLimit(start: 5, greatest: 16, keepsToHint: true);

        Succeed(limit, rounds: 9);

        limit.Current.Should().Be(5);
    }

    private static void Succeed(ConcurrencyLimit limit, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            limit.Need();
            for (var success = limit.Current; success > 0; success--)
            {
                limit.Succeed();
            }
        }
    }
}
