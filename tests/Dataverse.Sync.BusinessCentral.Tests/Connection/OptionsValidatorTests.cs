namespace Dataverse.Sync.BusinessCentral.Tests.Connection;

public sealed class OptionsValidatorTests
{
    [Fact]
    public void Every_problem_is_reported_at_once()
    {
        var options = new BusinessCentralOptions
        {
            PageSize = 20_001,
            BatchSize = 101,
            ChangeOverlap = TimeSpan.Zero,
            MaxConcurrency = 0,
            MaxRetries = -1,
            RequestTimeout = TimeSpan.Zero,
            MaxResponseBytes = 0,
            ClockMargin = TimeSpan.FromSeconds(-1),
        };
        options.Tables["a"] = new() { Route = "publisher/group" };
        options.Tables["b"] = new() { IsWritable = true, Parents = { "customers" } };
        options.Tables["c"] = new() { Fields = { ["name"] = new() { MaxLength = 0 } } };

        var make = () => new BusinessCentralConnector(options);

        make.Should().Throw<SyncConfigurationException>().Which.Problems.Should().BeEquivalentTo(
            "Business Central: The base address is missing.",
            "Business Central: The company is missing: give its id, name, or display name.",
            "Business Central: The access token delegate is missing.",
            "Business Central: PageSize must lie between 1 and 20000.",
            "Business Central: BatchSize must lie between 1 and 100.",
            "Business Central: ChangeOverlap must be at least a second.",
            "Business Central: ClockMargin must not be negative.",
            "Business Central: MaxConcurrency must be at least 1.",
            "Business Central: MaxRetries must not be negative.",
            "Business Central: RequestTimeout must be greater than zero.",
            "Business Central: MaxResponseBytes must lie between 1 and 2147483591.",
            "Business Central: The route of table 'a' must have the shape publisher/group/version.",
            "Business Central: Table 'b' exists under other tables only and cannot be writable.",
            "Business Central: The greatest length of field 'name' of table 'c' must be at least 1.");
    }

    [Theory]
    [InlineData("http://erp.example/api/v2.0")]
    [InlineData("https://erp.example/odata")]
    [InlineData("https://erp.example/api/v2.0?tenant=a")]
    public void A_base_address_that_is_unsafe_or_no_root_is_refused(string address)
    {
        var make = () => new BusinessCentralConnector(new() { BaseAddress = new Uri(address), Company = "a", AccessToken = _ => new("t") });

        make.Should().Throw<SyncConfigurationException>().Which.Problems.Should().ContainSingle();
    }

    [Fact]
    public void Identity_tells_host_environment_and_company()
    {
        using var connector = new BusinessCentralConnector(new()
        {
            BaseAddress = new Uri("https://api.businesscentral.dynamics.com/v2.0/Production/api/v2.0/"),
            Company = "CRONUS International Ltd.",
            AccessToken = _ => new("t"),
        });

        connector.Identity.Should().Be("api.businesscentral.dynamics.com/v2.0/production/cronus international ltd.");
        connector.Name.Should().Be("Business Central");
    }
}
