using System.Net;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.Http.Tests;

public sealed class ServiceReportTests
{
    private static readonly HttpConnectionSettings Settings = new()
    {
        Connector = "Dataverse",
        BaseAddress = new Uri("https://contoso.crm4.dynamics.com"),
        AccessToken = _ => new("secret"),
        Logger = NullLogger.Instance,
        ConcurrencyHint = "x-ms-dop-hint",
        ServerCookie = "ARRAffinity",
        Limits = [new() { Unit = LimitUnit.Seconds, Amount = 1_200, Window = TimeSpan.FromMinutes(5), RemainingHeader = "x-remaining" }],
    };

    [Theory]
    [InlineData("1,199.23", 1_199.23)]
    [InlineData("0", 0.0)]
    [InlineData("-3", 0.0)]
    [InlineData("99999", 1_200.0)]
    [InlineData("NaN", null)]
    [InlineData("1e400", null)]
    [InlineData("many", null)]
    [InlineData("", null)]
    public void Read_takes_what_is_left_within_the_limit_or_not_at_all(string header, double? expected) =>
        Read(("x-remaining", header)).Remaining.Should().Equal(expected);

    [Theory]
    [InlineData("52", 52)]
    [InlineData("-1", null)]
    [InlineData("5.5", null)]
    [InlineData("99999999999", null)]
    public void Read_takes_a_recommendation_that_is_a_number(string header, int? expected) =>
        Read(("x-ms-dop-hint", header)).Concurrency.Should().Be(expected);

    [Fact]
    public void Read_tells_servers_apart_by_the_cookie_of_that_name_only()
    {
        var report = Read(("Set-Cookie", "ARRAffinitySameSite=other; path=/"), ("Set-Cookie", "ARRAffinity=abc; path=/; secure; HttpOnly"));

        report.Server.Should().Be("ARRAffinity=abc");
        Read(("Set-Cookie", "ARRAffinitySameSite=other; path=/")).Server.Should().BeNull();
        Read().Server.Should().BeNull();
    }

    private static ServiceReport Read(params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        foreach (var (name, value) in headers)
        {
            _ = response.Headers.TryAddWithoutValidation(name, value);
        }

        return ServiceReportReader.Read(Settings.ToGovernorSettings(), response.StatusCode, response.Headers);
    }
}
