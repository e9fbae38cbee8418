using System.ServiceModel;
using Microsoft.PowerPlatform.Dataverse.Client.Utils;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using static Dataverse.Sync.OrganizationService.Tests.StubOrganization;
using static Dataverse.Sync.OrganizationService.Tests.Writes;

namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>Writes whose answer is lost are decided by reading.</summary>
public sealed class UnknownOutcomeTests
{
    private const string Version = "W/\"7\"";

    public static TheoryData<string> Losses => [.. LossesByName.Keys];

    private static Dictionary<string, Exception> LossesByName { get; } = new Exception[]
    {
        new TimeoutException(),
        new CommunicationException(),
        new EndpointNotFoundException("Gone."),
        new FaultException("Without a code."),
        new DataverseOperationException("Without a fault."),
        new HttpRequestException(),
        new IOException(),
        new OperationCanceledException(),
        Reset(),
        new AggregateException(new TimeoutException()),
    }.ToDictionary(exception => exception.GetType().Name);

    // The client throws what a parallel call has reset.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2201", Justification = "The client throws it.")]
    private static NullReferenceException Reset() => new();

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_lost_insert_that_was_performed_is_found(string loss)
    {
        var service = new StubOrganization(request => request is RetrieveMultipleRequest
            ? Rows(Row(One, "7", ("name", "A")))
            : throw LossesByName[loss]);

        var result = await WriteOneAsync(service, Insert(One));

        (result.Status, result.Id, result.Version).Should().Be((WriteStatus.Applied, One, "W/\"7\""));
        service.Requests.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_lost_insert_that_was_not_performed_is_sent_again_with_its_id(string loss)
    {
        var service = new StubOrganization(request => request switch
        {
            RetrieveMultipleRequest => Rows(),
            CreateMultipleRequest => throw LossesByName[loss],
            _ => Multiple(new OrganizationServiceFault?[1]),
        });

        (await WriteOneAsync(service, Insert(One))).Status.Should().Be(WriteStatus.Applied);

        ((CreateRequest)((ExecuteMultipleRequest)service.Requests[^1]).Requests[0]).Target.Id.Should().Be(One);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_lost_update_without_a_version_stays_unknown(string loss)
    {
        var service = new StubOrganization(request => request is RetrieveMultipleRequest ? Rows() : throw LossesByName[loss]);

        var result = await WriteOneAsync(service, Update(One, null));

        (result.Status, result.Error!.Code).Should().Be((WriteStatus.Unknown, SyncErrorCodes.OutcomeUnknown));
        service.Requests.OfType<ExecuteMultipleRequest>().Should().ContainSingle();
    }

    [Theory]
    [InlineData("A", "8", WriteStatus.Applied)]
    [InlineData("B", "8", WriteStatus.VersionMismatch)]
    public async Task A_lost_update_with_a_version_is_decided_by_the_row(string name, string version, WriteStatus status)
    {
        var service = new StubOrganization(request => request is RetrieveMultipleRequest
            ? Rows(Row(One, version, ("name", name)))
            : throw new TimeoutException());

        (await WriteOneAsync(service, Update(One, Version))).Status.Should().Be(status);
    }

    [Fact]
    public async Task A_lost_deletion_whose_row_is_gone_is_applied()
    {
        var service = new StubOrganization(request => request is RetrieveMultipleRequest ? Rows() : throw new TimeoutException());

        (await WriteOneAsync(service, Delete(One, Version))).Status.Should().Be(WriteStatus.Applied);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_leaves_the_write_unknown()
    {
        var service = new StubOrganization(_ => throw new TimeoutException());

        (await WriteOneAsync(service, Insert(One))).Status.Should().Be(WriteStatus.Unknown);
    }

    [Theory]
    [InlineData(0x80040216)]
    [InlineData(0x80040224)]
    [InlineData(0x80044150)]
    public async Task A_failure_of_the_service_says_nothing_about_the_writes_of_a_request(uint code)
    {
        var service = new StubOrganization(request => request is RetrieveMultipleRequest
            ? Rows(Row(One, "8", ("name", "A")))
            : throw Thrown(Fault(code)));

        (await WriteOneAsync(service, Update(One, Version))).Status.Should().Be(WriteStatus.Applied);
    }

    [Fact]
    public async Task Missing_answers_of_a_batch_are_decided_by_reading()
    {
        var done = new ExecuteMultipleResponseItem { RequestIndex = 0, Response = new UpdateResponse() };
        var service = new StubOrganization(request => request is RetrieveMultipleRequest ? Rows(Row(Two, "8", ("name", "A"))) : Items(done));

        var results = await WriteAsync(service, Update(One, Version), Update(Two, Version), Update(Three, null));

        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.Applied, WriteStatus.Unknown);
    }

    [Fact]
    public async Task Answers_to_requests_that_were_not_sent_make_all_unknown()
    {
        var strange = new ExecuteMultipleResponseItem { RequestIndex = 7, Response = new UpdateResponse() };
        var service = new StubOrganization(request => request is RetrieveMultipleRequest ? Rows() : Items(strange));

        (await WriteOneAsync(service, Update(One, null))).Status.Should().Be(WriteStatus.Unknown);
    }

    [Fact]
    public async Task Ids_that_do_not_fit_the_inserts_are_decided_by_reading()
    {
        var service = new StubOrganization(request => request switch
        {
            CreateMultipleRequest => Created(Two, One),
            _ => Rows(Row(One, "7", ("name", "A")), Row(Two, "7", ("name", "A"))),
        });

        var results = await WriteAsync(service, Insert(One), Insert(Two));

        results.Select(result => (result.Status, result.Id)).Should().Equal((WriteStatus.Applied, One), (WriteStatus.Applied, Two));
        service.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_service_that_ignores_our_ids_is_noticed()
    {
        var chosen = Guid.NewGuid();
        var service = new StubOrganization(request => request is CreateMultipleRequest ? Created(chosen) : Multiple(new OrganizationServiceFault?[1]));
        using var connector = service.Connect();

        var first = await connector.WriteAsync(new WriteBatch("account", [Insert(One)]), default);
        _ = await connector.WriteAsync(new WriteBatch("account", [Insert(Two)]), default);

        first.Should().ContainSingle().Which.Id.Should().Be(chosen);
        service.Requests.OfType<CreateMultipleRequest>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_created_row_with_another_id_is_decided_by_reading()
    {
        var other = new ExecuteMultipleResponseItem { RequestIndex = 0, Response = Answer<CreateResponse>("id", Two) };
        var service = new StubOrganization(request => request is RetrieveMultipleRequest ? Rows() : Items(other))
        {
            Definitions = new StubDefinitions { HasCreateMultiple = false },
        };

        (await WriteOneAsync(service, Insert(One))).Status.Should().Be(WriteStatus.Unknown);
    }

    [Fact]
    public async Task A_service_that_offers_no_batches_stops_the_run()
    {
        var service = new StubOrganization(_ => throw new NotSupportedException());

        (await FluentActions.Awaiting(() => WriteAsync(service, Insert(One))).Should().ThrowAsync<ConnectorException>())
            .Which.Failure.Should().Be(ConnectorFailure.Refused);
    }
}
