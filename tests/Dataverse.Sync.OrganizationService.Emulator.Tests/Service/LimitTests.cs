using System.ServiceModel;
using System.ServiceModel.Security;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using static Dataverse.Sync.OrganizationService.Emulator.Tests.ServiceBench;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>The service protection limits, the faults of the line, and the log.</summary>
public sealed class LimitTests
{
    private static readonly DataverseServiceProtection OneRequest = new() { MaxRequests = 1, RetryAfter = TimeSpan.FromSeconds(7) };

    [Fact]
    public async Task Limits_count_both_protocols_and_name_the_pause_as_a_time_span()
    {
        await using var bench = await StartAsync(options: new DataverseEmulatorOptions { ServiceProtection = OneRequest });
        using var client = new HttpClient { BaseAddress = bench.Emulator.BaseAddress };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer token");
        using var answer = await client.GetAsync(new Uri("api/data/v9.2/WhoAmI", UriKind.Relative));

        var fault = await bench.FaultOfAsync(new OrganizationRequest("WhoAmI"));

        (fault.ErrorCode, fault.ErrorDetails["Retry-After"]).Should().Be((-2147015902, TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public async Task The_client_repeats_a_throttled_call_itself_where_it_is_set_to()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        await using var bench = await StartAsync(
            new EmulatedServiceOptions { MaxRetryCount = 2, RetryPauseTime = TimeSpan.Zero },
            new DataverseEmulatorOptions { TimeProvider = time });
        bench.Emulator.Faults.Add(EmulatorFault.TooManyRequests().Times(2));

        _ = await bench.Service.CreateAsync(Account(("name", "A")), default);

        bench.Emulator.Requests.RequestCount.Should().Be(3);
        bench.Emulator.Faults.Add(EmulatorFault.TooManyRequests(TimeSpan.Zero).Times(3));
        (await bench.FaultOfAsync(new CreateRequest { Target = Account(("name", "B")) })).ErrorCode.Should().Be(-2147015902);
        bench.Accounts.Count.Should().Be(1);
    }

    public static TheoryData<EmulatorFault, Type, int> LineFaults => new()
    {
        { EmulatorFault.ConnectionCut(afterCommit: false), typeof(CommunicationException), 0 },
        { EmulatorFault.ConnectionCut(afterCommit: true), typeof(CommunicationException), 1 },
        { EmulatorFault.TruncatedBody(), typeof(CommunicationException), 1 },
        { EmulatorFault.HtmlError(), typeof(CommunicationException), 0 },
        { EmulatorFault.GatewayTimeout(), typeof(TimeoutException), 1 },
        { EmulatorFault.ServiceUnavailable(), typeof(ServerTooBusyException), 0 },
        { EmulatorFault.Unauthorized(), typeof(MessageSecurityException), 0 },
        { EmulatorFault.DataverseDeadlock(), typeof(FaultException<OrganizationServiceFault>), 0 },
    };

    [Theory]
    [MemberData(nameof(LineFaults))]
    public async Task Faults_of_the_line_end_calls_as_they_end_those_of_the_client(EmulatorFault fault, Type exception, int rows)
    {
        await using var bench = await StartAsync();
        bench.Emulator.Faults.Add(fault.On(call => call.IsWrite && call.Body.Contains("name=A")));

        var create = () => bench.Service.CreateAsync(Account(("name", "A")), default);

        (await create.Should().ThrowAsync<Exception>()).Which.Should().BeOfType(exception);
        bench.Accounts.Count.Should().Be(rows);
    }

    [Fact]
    public async Task Lost_answers_time_out_where_the_client_is_set_to_and_late_calls_arrive()
    {
        await using var bench = await StartAsync(new EmulatedServiceOptions { LostAnswersTimeOut = true });
        bench.Emulator.Faults.Add(EmulatorFault.LateArrival());

        var create = () => bench.Service.CreateAsync(Account(("name", "A")), default);

        await create.Should().ThrowAsync<TimeoutException>();
        bench.Accounts.Count.Should().Be(0);
        await bench.Emulator.Faults.LandLateRequestsAsync();
        bench.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task Requests_of_a_batch_fail_one_by_one()
    {
        await using var bench = await StartAsync();
        bench.Emulator.Faults.Add(EmulatorFault.TooManyRequests(TimeSpan.FromSeconds(3)).InBatches().After(1));
        var requests = new OrganizationRequestCollection();
        requests.AddRange(Enumerable.Range(0, 3).Select(_ => new CreateRequest { Target = Account(("name", "A")) }));

        var response = await bench.ExecuteAsync<ExecuteMultipleResponse>(new ExecuteMultipleRequest
        {
            Requests = requests,
            Settings = new ExecuteMultipleSettings { ContinueOnError = true, ReturnResponses = true },
        });

        response.Responses.Select(item => item.Fault?.ErrorCode).Should().Equal(null, -2147015902, null);
        bench.Accounts.Count.Should().Be(2);
    }

    [Fact]
    public async Task Calls_are_counted_and_canceled_ones_are_carried_out()
    {
        await using var bench = await StartAsync();
        _ = await bench.Service.CreateAsync(Account(("name", "A")), default);
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        var create = () => bench.Service.CreateAsync(Account(("name", "B")), canceled.Token);

        await create.Should().ThrowAsync<OperationCanceledException>();
        bench.Emulator.Requests.Entries.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { PathAndQuery = "/XRMServices/2011/Organization.svc/web/Create", IsWrite = true, RowWrites = 1, Status = 200 });
    }
}
