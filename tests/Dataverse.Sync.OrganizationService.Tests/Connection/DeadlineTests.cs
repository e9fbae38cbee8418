using Microsoft.Extensions.Time.Testing;
using Microsoft.PowerPlatform.Dataverse.Client;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using static Dataverse.Sync.OrganizationService.Tests.StubOrganization;
using static Dataverse.Sync.OrganizationService.Tests.Writes;

namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>Requests with writes that must not be repeated have a latest time, also within the client.</summary>
public sealed class DeadlineTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task Inserts_and_writes_without_a_version_are_refused_after_their_time()
    {
        var service = new StubOrganization(Multiple(new OrganizationServiceFault?[1]));
        using var connector = Connect(service);

        var results = await connector.WriteAsync(
            Batch(TimeSpan.FromTicks(-1), Insert(One), Update(Two, "W/\"7\""), Update(Three, null)), default);

        results.Select(result => result.Status).Should().Equal(WriteStatus.Transient, WriteStatus.Applied, WriteStatus.Transient);
        service.Requests.Should().ContainSingle().Which.Should().BeOfType<ExecuteMultipleRequest>().Which.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(29, WriteStatus.Transient)]
    [InlineData(31, WriteStatus.Applied)]
    public async Task Time_for_which_the_client_may_hold_a_request_back_counts(int left, WriteStatus status)
    {
        var service = new StubOrganization(Created(One));
        using var connector = Connect(service, options => options.ClientRetryTime = TimeSpan.FromSeconds(30));

        var results = await connector.WriteAsync(Batch(TimeSpan.FromSeconds(left), Insert(One)), default);

        results.Should().ContainSingle().Which.Status.Should().Be(status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_is_held_back_is_canceled_when_its_time_is_over(bool isClient)
    {
        var held = new TaskCompletionSource();
        var service = new StubOrganization(request => request is RetrieveMultipleRequest ? Rows() : Created(One))
        {
            Before = async (request, token) =>
            {
                if (request is CreateMultipleRequest)
                {
                    held.SetResult();
                    await Task.Delay(TimeSpan.FromMinutes(5), clock, token);
                }
            },
        };
        using var connector = new OrganizationServiceConnector(isClient ? new ServiceClient(service) : service, new(), clock);

        var writing = connector.WriteAsync(Batch(TimeSpan.FromSeconds(30), Insert(One)), default);
        await held.Task;
        clock.Advance(TimeSpan.FromSeconds(31));
        var result = (await writing).Should().ContainSingle().Subject;

        result.Status.Should().Be(WriteStatus.Unknown, "the client may have sent it before");
        service.Requests.OfType<CreateMultipleRequest>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_call_that_never_ends_is_given_up()
    {
        var held = new TaskCompletionSource();
        var service = new StubOrganization(request => request is RetrieveMultipleRequest ? Rows(Row(One, "7", ("name", "A"))) : Created(One))
        {
            // The client does not listen to the token.
            Before = (request, ignored) =>
            {
                held.TrySetResult();
                return request is CreateMultipleRequest ? new TaskCompletionSource().Task : Task.CompletedTask;
            },
        };
        using var connector = Connect(service);

        var writing = connector.WriteAsync(new WriteBatch("account", [Insert(One)]), default);
        await held.Task;
        clock.Advance(TimeSpan.FromMinutes(16));

        (await writing).Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Applied);
    }

    [Fact]
    public async Task A_client_that_repeats_by_itself_may_have_met_its_own_work()
    {
        var service = new StubOrganization(request => request is RetrieveMultipleRequest
            ? Rows(Row(One, "8", ("name", "A")))
            : Multiple(Fault(0x80060882)));
        using var repeating = new OrganizationServiceConnector(new ServiceClient(service), new(), clock);
        using var quiet = new OrganizationServiceConnector(new ServiceClient(service) { MaxRetryCount = 0 }, new(), clock);
        var batch = new WriteBatch("account", [Update(One, "W/\"7\"")]);

        (await repeating.WriteAsync(batch, default))[0].Status.Should().Be(WriteStatus.Applied);
        (await quiet.WriteAsync(batch, default))[0].Status.Should().Be(WriteStatus.VersionMismatch);
    }

    private OrganizationServiceConnector Connect(StubOrganization service, Action<OrganizationServiceOptions>? configure = null)
    {
        var options = new OrganizationServiceOptions();
        configure?.Invoke(options);
        return new OrganizationServiceConnector(service, options, clock);
    }

    private WriteBatch Batch(TimeSpan left, params WriteOperation[] operations) =>
        new("account", operations) { SendBefore = clock.GetUtcNow() + left, Clock = clock };
}
