using Microsoft.PowerPlatform.Dataverse.Client;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using static Dataverse.Sync.OrganizationService.Tests.StubOrganization;
using static Dataverse.Sync.OrganizationService.Tests.Writes;

namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>How many calls are under way at once, and on which client.</summary>
public sealed class ParallelismTests
{
    private readonly Lock gate = new();
    private int underWay;
    private int greatest;

    [Theory]
    [InlineData(null, 5)]
    [InlineData(2, 2)]
    [InlineData(9, 9)]
    public async Task A_service_that_recommends_nothing_gets_five_calls_or_those_of_the_option(int? option, int expected)
    {
        var service = Slow(expected);
        using var connector = service.Connect(options => (options.MaxDegreeOfParallelism, options.UpdateBatchSize) = (option, 1));

        await WriteManyAsync(connector);

        greatest.Should().Be(expected);
    }

    [Theory]
    [InlineData(null, 7)]
    [InlineData(3, 3)]
    [InlineData(20, 7)]
    public async Task Never_more_calls_are_under_way_than_the_client_recommends(int? option, int expected)
    {
        var client = new ServiceClient(Slow(expected)) { RecommendedDegreesOfParallelism = 7 };
        using var connector = new OrganizationServiceConnector(
            client, new OrganizationServiceOptions { MaxDegreeOfParallelism = option, UpdateBatchSize = 1 }, new InstantTimeProvider());

        await WriteManyAsync(connector);

        greatest.Should().Be(expected);
    }

    [Fact]
    public async Task More_calls_are_under_way_once_the_client_recommends_more()
    {
        var client = new ServiceClient(Slow(8)) { RecommendedDegreesOfParallelism = 2 };
        using var connector = new OrganizationServiceConnector(
            client, new OrganizationServiceOptions { UpdateBatchSize = 1 }, new InstantTimeProvider());
        _ = await connector.GetSchemaAsync("account", default);

        client.RecommendedDegreesOfParallelism = 8;
        _ = await connector.GetSchemaAsync("account", default);
        _ = await connector.GetSchemaAsync("account", default);
        await WriteManyAsync(connector);

        greatest.Should().Be(8);
    }

    [Fact]
    public async Task Clones_serve_the_calls_where_the_option_says_so()
    {
        var client = new ServiceClient(Slow(4)) { RecommendedDegreesOfParallelism = 4 };
        var connector = new OrganizationServiceConnector(
            client, new OrganizationServiceOptions { CloneClients = true, UpdateBatchSize = 1 }, new InstantTimeProvider());

        await WriteManyAsync(connector);

        greatest.Should().Be(4);
        client.MaxRetryCount.Should().Be(10, "the application's client stays as it is");
        connector.Dispose();
        client.IsReady.Should().BeTrue();
    }

    private static Task<IReadOnlyList<WriteResult>> WriteManyAsync(OrganizationServiceConnector connector) =>
        connector.WriteAsync(new WriteBatch("account", [.. Enumerable.Range(0, 60).Select(_ => Update(Guid.NewGuid(), null))]), default);

    // The first calls wait until as many as expected are under way; the others pass, and would show if there were more.
    private StubOrganization Slow(int expected)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new(Multiple(new OrganizationServiceFault?[1]))
        {
            Before = async (_, _) =>
            {
                lock (gate)
                {
                    greatest = Math.Max(greatest, ++underWay);
                }

                if (underWay >= expected)
                {
                    reached.TrySetResult();
                }

                await reached.Task;
                lock (gate)
                {
                    underWay--;
                }
            },
        };
    }
}
