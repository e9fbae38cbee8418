using System.ServiceModel;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using static Dataverse.Sync.OrganizationService.Tests.StubOrganization;
using static Dataverse.Sync.OrganizationService.Tests.Writes;

namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>What the faults of the service mean for a write.</summary>
public sealed class FaultTests
{
    private const string Version = "W/\"7\"";

    [Theory]
    [InlineData(0x80040217, WriteStatus.NotFound, "account With Id = 00000000-0000-4000-8000-000000000001 Does Not Exist")]
    [InlineData(0x80040217, WriteStatus.Rejected, "contact With Id = 00000000-0000-4000-8000-000000000009 Does Not Exist")]
    [InlineData(0x80040237, WriteStatus.AlreadyExists, "A record with matching key values already exists.")]
    [InlineData(0x80060892, WriteStatus.AlreadyExists, "Taken.")]
    [InlineData(0x80040265, WriteStatus.Rejected, "No.")]
    [InlineData(0x80040220, WriteStatus.Rejected, "No privilege.")]
    [InlineData(0x80048306, WriteStatus.Rejected, "No access.")]
    [InlineData(0x80044331, WriteStatus.Rejected, "Too long.")]
    [InlineData(0x80040216, WriteStatus.Rejected, "An unexpected error occurred.")]
    [InlineData(0, WriteStatus.Rejected, "Without a code.")]
    public async Task A_refused_update_has_the_status_of_its_code(uint code, WriteStatus status, string message)
    {
        var service = new StubOrganization(Multiple(Fault(code, message)));

        var result = await WriteOneAsync(service, Update(One, null));

        result.Status.Should().Be(status);
        result.Error!.Message.Should().Be(message);
        result.Error.Code.Should().Be(code == 0 ? "Fault" : $"0x{code:x8}");
    }

    [Fact]
    public async Task Code_of_an_inner_fault_counts_where_the_outer_one_has_none()
    {
        var outer = new OrganizationServiceFault { Message = "Failed.", InnerFault = Fault(0x80060892) };

        (await WriteOneAsync(new StubOrganization(Multiple(outer)), Update(One, null))).Status.Should().Be(WriteStatus.AlreadyExists);
    }

    [Fact]
    public async Task Deleting_a_missing_row_is_applied()
    {
        var service = new StubOrganization(Multiple(Fault(0x80040217, $"account With Id = {One} Does Not Exist")));

        (await WriteOneAsync(service, Delete(One, Version))).Status.Should().Be(WriteStatus.Applied);
    }

    [Theory]
    [InlineData(true, WriteStatus.VersionMismatch)]
    [InlineData(false, WriteStatus.NotFound)]
    public async Task A_version_mismatch_is_told_from_a_missing_row_by_reading(bool exists, WriteStatus status)
    {
        var service = new StubOrganization(request => request is RetrieveMultipleRequest
            ? Rows(exists ? [Row(One, "8", ("name", "B"))] : [])
            : Multiple(Fault(0x80060882)));

        (await WriteOneAsync(service, Update(One, Version))).Status.Should().Be(status);
    }

    [Fact]
    public async Task A_refused_row_holds_back_no_other()
    {
        var service = new StubOrganization(Multiple(null, Fault(0x80040265, "No."), null));

        var results = await WriteAsync(service, Update(One, null), Update(Two, null), Update(Three, null));

        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.Rejected, WriteStatus.Applied);
    }

    [Fact]
    public async Task A_refused_CreateMultiple_is_repeated_row_by_row_in_one_batch()
    {
        var service = new StubOrganization(request => request is CreateMultipleRequest
            ? throw Thrown(Fault(0x80040265, "No."))
            : Multiple(null, Fault(0x80040265, "No."), null));

        var results = await WriteAsync(service, Insert(One), Insert(Two), Insert(Three));

        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.Rejected, WriteStatus.Applied);
        service.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_table_that_does_not_take_CreateMultiple_is_not_asked_again()
    {
        var service = new StubOrganization(request => request is CreateMultipleRequest
            ? throw Thrown(Fault(0x80040800, "CreateMultiple is not enabled on the entity account"))
            : Multiple(new OrganizationServiceFault?[1]));
        using var connector = service.Connect();

        _ = await connector.WriteAsync(new WriteBatch("account", [Insert(One)]), default);
        _ = await connector.WriteAsync(new WriteBatch("account", [Insert(Two)]), default);

        service.Requests.OfType<CreateMultipleRequest>().Should().ContainSingle();
    }

    [Fact]
    public async Task An_insert_that_meets_its_own_row_is_applied()
    {
        var service = new StubOrganization(request => request switch
        {
            CreateMultipleRequest => throw Thrown(Fault(0x80040237)),
            RetrieveMultipleRequest => Rows(Row(One, "7", ("name", "A"))),
            _ => Multiple(Fault(0x80040237)),
        });

        var result = await WriteOneAsync(service, Insert(One));

        (result.Status, result.Id, result.Version).Should().Be((WriteStatus.Applied, One, "W/\"7\""));
    }

    [Theory]
    [InlineData("A", WriteStatus.Applied)]
    [InlineData("B", WriteStatus.Rejected)]
    [InlineData(null, WriteStatus.Rejected)]
    public async Task An_insert_that_a_plug_in_refuses_because_of_its_own_row_is_applied(string? stored, WriteStatus status)
    {
        var service = new StubOrganization(request => request switch
        {
            CreateMultipleRequest => throw Thrown(Fault(0x80040237)),
            RetrieveMultipleRequest => stored is null ? Rows() : Rows(Row(One, "7", ("name", stored))),
            _ => Multiple(Fault(0x80040265, "There is an account of this name.")),
        });

        (await WriteOneAsync(service, Insert(One))).Status.Should().Be(status);
    }

    [Fact]
    public async Task A_duplicate_key_of_another_row_stands()
    {
        var service = new StubOrganization(request => request switch
        {
            CreateMultipleRequest => throw Thrown(Fault(0x80060892)),
            RetrieveMultipleRequest => Rows(),
            _ => Multiple(Fault(0x80060892)),
        });

        (await WriteOneAsync(service, Insert(One))).Status.Should().Be(WriteStatus.AlreadyExists);
    }

    [Theory]
    [InlineData(0x80072322)]
    [InlineData(0x80072321)]
    [InlineData(0x80072326)]
    public async Task A_throttled_row_is_sent_again_after_the_pause(uint code)
    {
        var calls = 0;
        var service = new StubOrganization(_ => Multiple(calls++ == 0 ? Fault(code, retryAfter: TimeSpan.FromSeconds(42)) : null));

        (await WriteOneAsync(service, Update(One, null))).Status.Should().Be(WriteStatus.Applied);

        service.Requests.Should().HaveCount(2);
        service.Time.Pauses.Should().Contain(TimeSpan.FromSeconds(42));
    }

    [Fact]
    public async Task A_row_that_stays_throttled_is_transient()
    {
        var service = new StubOrganization(Multiple(Fault(0x80072322, retryAfter: TimeSpan.FromSeconds(1))));

        (await WriteOneAsync(service, Update(One, null))).Status.Should().Be(WriteStatus.Transient);

        service.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_throttled_request_is_sent_again_after_the_pause()
    {
        var calls = 0;
        var service = new StubOrganization(_ => calls++ == 0 ? throw Thrown(Fault(0x80072322, retryAfter: TimeSpan.FromSeconds(42))) : Created(One));

        (await WriteOneAsync(service, Insert(One))).Status.Should().Be(WriteStatus.Applied);

        service.Time.Pauses.Should().Contain(TimeSpan.FromSeconds(42));
    }

    [Fact]
    public async Task A_service_that_stays_throttled_stops_the_run()
    {
        var service = new StubOrganization(_ => throw Thrown(Fault(0x80072322, retryAfter: TimeSpan.FromSeconds(1))));

        var failure = (await FluentActions.Awaiting(() => WriteAsync(service, Insert(One))).Should().ThrowAsync<ConnectorException>()).Which;

        (failure.Failure, failure.ErrorCode, failure.RetryAfter).Should().Be((ConnectorFailure.Throttled, "0x80072322", TimeSpan.FromSeconds(1)));
        service.Requests.Should().HaveCount(9);
    }

    [Theory]
    [InlineData(0x80044150)]
    [InlineData(0x80044151)]
    [InlineData(0x80040255)]
    public async Task A_deadlock_is_decided_by_reading_and_what_was_not_done_is_sent_again(uint code)
    {
        var calls = 0;
        var service = new StubOrganization(request => request is RetrieveMultipleRequest
            ? Rows(Row(One, "7", ("name", "B")))
            : Multiple(calls++ == 0 ? Fault(code) : null));

        (await WriteOneAsync(service, Update(One, Version))).Status.Should().Be(WriteStatus.Applied);

        service.Requests.Select(request => request.GetType().Name).Should().Equal(
            nameof(ExecuteMultipleRequest), nameof(RetrieveMultipleRequest), nameof(ExecuteMultipleRequest));
    }

    [Fact]
    public async Task A_refusal_of_the_whole_batch_stops_the_run()
    {
        var service = new StubOrganization(_ => throw Thrown(Fault(0x80040220, "Secret name")));

        var failure = (await FluentActions.Awaiting(() => WriteAsync(service, Update(One, null))).Should().ThrowAsync<ConnectorException>()).Which;

        failure.Failure.Should().Be(ConnectorFailure.Authorization);
        failure.ToString().Should().NotContain("Secret name", "texts of the service may hold values");
    }

    [Fact]
    public async Task A_batch_that_is_too_large_is_divided()
    {
        var tooLarge = Fault(0x80040203);
        tooLarge.ErrorDetails = new ErrorDetailCollection { ["MaxBatchSize"] = 1 };
        var service = new StubOrganization(request => ((ExecuteMultipleRequest)request).Requests.Count > 1
            ? throw Thrown(tooLarge)
            : Multiple(new OrganizationServiceFault?[1]));

        var results = await WriteAsync(service, Update(One, null), Update(Two, null));

        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        service.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_fault_of_a_transaction_is_that_of_its_row()
    {
        var fault = new ExecuteTransactionFault { ErrorCode = unchecked((int)0x80048408), Message = "Invalid status.", FaultedRequestIndex = 1 };
        var service = new StubOrganization(Multiple(fault));

        var result = await WriteOneAsync(service, Insert(One, ("name", FieldValue.Text("A")), ("statecode", FieldValue.Integer(1))));

        (result.Status, result.Error!.Code).Should().Be((WriteStatus.Rejected, "0x80048408"));
    }

    [Fact]
    public async Task A_fault_that_the_client_wraps_counts_as_the_fault()
    {
        var wrapped = new Microsoft.PowerPlatform.Dataverse.Client.Utils.DataverseOperationException("Failed.", Thrown(Fault(0x80040265, "No.")));
        var service = new StubOrganization(request => request is CreateMultipleRequest ? throw wrapped : Multiple(Fault(0x80040265, "No.")));

        (await WriteOneAsync(service, Insert(One))).Status.Should().Be(WriteStatus.Rejected);
    }

    [Fact]
    public async Task Refused_credentials_stop_the_run()
    {
        var service = new StubOrganization(_ => throw new System.ServiceModel.Security.MessageSecurityException("Secret"));

        var failure = (await FluentActions.Awaiting(() => WriteAsync(service, Insert(One))).Should().ThrowAsync<ConnectorException>()).Which;

        failure.Failure.Should().Be(ConnectorFailure.Authentication);
        service.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task An_expired_token_is_tried_once_more()
    {
        var service = new StubOrganization(_ => throw new FaultException<OrganizationServiceFault>(Fault(0x8005F101), new FaultReason("Expired.")));

        var failure = (await FluentActions.Awaiting(() => WriteAsync(service, Insert(One))).Should().ThrowAsync<ConnectorException>()).Which;

        failure.Failure.Should().Be(ConnectorFailure.Authentication);
        service.Requests.Should().HaveCount(2);
    }
}
