using System.Text.Json;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>What goes wrong between two systems, over real HTTP.</summary>
public sealed class FaultTests
{
    public static TheoryData<string> PassingFaults => [.. Passing.Keys];

    public static TheoryData<string> LostAnswers => [.. Lost.Keys];

    private static readonly Dictionary<string, EmulatorFault> Passing = new()
    {
        ["429 with a pause"] = EmulatorFault.TooManyRequests(TimeSpan.FromSeconds(20)).Times(2),
        ["429 without"] = EmulatorFault.TooManyRequests().Times(3),
        ["503"] = EmulatorFault.ServiceUnavailable().Times(2),
        ["504"] = EmulatorFault.GatewayTimeout().Times(2),
        ["500"] = EmulatorFault.Refusal(500).Times(2),
        ["html 502"] = EmulatorFault.HtmlError().Times(2),
        ["cut"] = EmulatorFault.ConnectionCut(afterCommit: false).Times(2),
        ["cut after the work"] = EmulatorFault.ConnectionCut(afterCommit: true),
    };

    private static readonly Dictionary<string, EmulatorFault> Lost = new()
    {
        ["504"] = EmulatorFault.GatewayTimeout(),
        ["cut"] = EmulatorFault.ConnectionCut(afterCommit: true),
        ["truncated"] = EmulatorFault.TruncatedBody(),
        ["html"] = EmulatorFault.HtmlError(502, afterCommit: true),
        ["500"] = EmulatorFault.Refusal(500, afterCommit: true),
    };

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_read_outlasts_what_passes(string fault)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = fixture.AddCustomer("C1");
        fixture.Emulator.Faults.Add(Passing[fault]);

        (await fixture.ReadChangesAsync()).SelectMany(page => page.Records).Should().ContainSingle();

        fixture.Emulator.Faults.IsPending.Should().BeFalse();
        fixture.Pauses.Pauses.Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_write_whose_answer_is_lost_is_done_once(string fault)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var id = fixture.AddCustomer("C1");
        var version = (await fixture.ReadAsync(id)).Version;
        fixture.Emulator.Faults.Add(Lost[fault].On(request => request.IsBatch));

        var results = await fixture.WriteAsync(
            EmulatorFixture.Update(id, version, new FieldWrite("city", FieldValue.Text("Oslo"))),
            EmulatorFixture.Insert("C2"),
            EmulatorFixture.Insert(string.Empty));

        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.Unknown, WriteStatus.Unknown);
        results[0].Version.Should().Be((await fixture.ReadAsync(id)).Version);
        fixture.Emulator.Table("customers").Count.Should().Be(3, "nothing was sent twice");
    }

    [Fact]
    public async Task A_write_that_was_cut_off_before_is_not_claimed()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var id = fixture.AddCustomer("C1");
        var version = (await fixture.ReadAsync(id)).Version;
        fixture.Emulator.Faults.Add(EmulatorFault.ConnectionCut(afterCommit: false).On(request => request.IsBatch));

        var results = await fixture.WriteAsync(EmulatorFixture.Update(id, version, new FieldWrite("city", FieldValue.Text("Oslo"))), EmulatorFixture.Insert("C2"));

        results.Select(result => result.Status).Should().Equal(WriteStatus.Transient, WriteStatus.Unknown);
        fixture.Emulator.Table("customers").Count.Should().Be(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Throttled_writes_are_sent_again(bool namesPause)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.TooManyRequests(namesPause ? TimeSpan.FromSeconds(9) : null).Times(2).On(request => request.IsBatch));

        var results = await fixture.WriteAsync(EmulatorFixture.Insert("C1"));

        results[0].Status.Should().Be(WriteStatus.Applied);
        fixture.Emulator.Table("customers").Count.Should().Be(1);
        fixture.Pauses.Pauses.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Writes_that_stay_throttled_may_come_later()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.TooManyRequests().Always().On(request => request.IsBatch));

        var results = await fixture.WriteAsync(EmulatorFixture.Insert("C1"), EmulatorFixture.Insert("C2"));

        results.Should().OnlyContain(result => result.Status == WriteStatus.Transient && result.Error!.Code == "Application_TooManyRequests");
    }

    [Theory]
    [InlineData(403, ConnectorFailure.Authorization)]
    [InlineData(401, ConnectorFailure.Authentication)]
    public async Task Refused_credentials_stop_the_run(int status, ConnectorFailure failure)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Refusal(status).Always());

        var read = () => fixture.ReadChangesAsync();

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(failure);
    }

    [Fact]
    public async Task A_body_that_is_cut_off_is_never_taken_for_a_page()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = fixture.AddCustomer("C1");
        fixture.Emulator.Faults.Add(EmulatorFault.TruncatedBody().Always().On(request => request.PathAndQuery.Contains("/customers?", StringComparison.Ordinal)));

        var read = () => fixture.ReadChangesAsync();

        await read.Should().ThrowAsync<ConnectorException>();
    }

    [Fact]
    public async Task An_expired_token_is_replaced_during_the_run()
    {
        await using var fixture = await EmulatorFixture.StartAsync(new() { RequiresIssuedTokens = true });
        using var http = new HttpClient();
        string? cached = null;
        using var connector = EmulatorConnector.Make(fixture.Emulator, options => options.AccessToken = async cancellationToken =>
        {
            if (cached is null || fixture.Emulator.Requests.Entries[^1].Status == 401)
            {
                cached = await FetchTokenAsync(http, fixture.Emulator.TokenEndpoint, cancellationToken);
            }

            return cached;
        });
        _ = await connector.GetSchemaAsync("customers", default);

        fixture.Emulator.RevokeTokens();

        (await connector.FindAsync(new FieldQuery { Table = "customers", Fields = [], Field = "number" }, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_wrong_company_is_named()
    {
        await using var fixture = await EmulatorFixture.StartAsync(configure: options => options.Company = "Nowhere Ltd.");

        var read = () => fixture.Connector.GetSchemaAsync("customers", default);

        var failure = (await read.Should().ThrowAsync<ConnectorException>()).Which;
        failure.Failure.Should().Be(ConnectorFailure.NotFound);
        failure.Message.Should().Be("Business Central: there is no company 'Nowhere Ltd.'.");
    }

    [Fact]
    public async Task A_host_that_nobody_listens_on_is_unreachable()
    {
        var fixture = await EmulatorFixture.StartAsync();
        await fixture.Emulator.DisposeAsync();

        var read = () => fixture.Connector.GetSchemaAsync("customers", default);

        var failure = (await read.Should().ThrowAsync<ConnectorException>()).Which;
        failure.Failure.Should().Be(ConnectorFailure.Unreachable);
        failure.Message.Should().Contain(fixture.Emulator.BaseAddress.Authority);
    }

    private static async Task<string> FetchTokenAsync(HttpClient http, Uri endpoint, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", "app"),
            new("client_secret", "secret"),
            new("scope", "https://api.businesscentral.dynamics.com/.default"),
        ]);
        using var response = await http.PostAsync(endpoint, form, cancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(cancellationToken));
        return answer.RootElement.GetProperty("access_token").GetString()!;
    }
}
