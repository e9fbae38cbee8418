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
            LimitWindow = TimeSpan.FromDays(2),
            RequestLimit = 0,
            Account = " ",
            QueryOptions = { ["tenant"] = null! },
        };
        options.Tables["a"] = new() { Route = "publisher/group" };
        options.Tables["b"] = new() { IsWritable = true, Parents = { "customers" } };
        options.Tables["c"] = new() { Fields = { ["name"] = new() { MaxLength = 0 } } };
        options.Tables["d"] = null!;
        options.Tables["e"] = new() { KeyField = "", Fields = { ["a"] = null!, ["b"] = new() { Type = (FieldType)99, Members = [""] } } };

        var make = () => new BusinessCentralConnector(options);

        make.Should().Throw<SyncConfigurationException>().Which.Problems.Should().BeEquivalentTo(
            "Business Central: The base address is missing.",
            "Business Central: The company is missing: give its id, name, or display name.",
            "Business Central: The access token delegate is missing.",
            "Business Central: PageSize is 20001 but must be between 1 and 20000.",
            "Business Central: BatchSize is 101 but must be between 1 and 100.",
            "Business Central: ChangeOverlap is 00:00:00 but must be between 00:00:01 and 1.00:00:00.",
            "Business Central: ClockMargin is -00:00:01 but must be between 00:00:00 and 1.00:00:00.",
            "Business Central: MaxConcurrency is 0 but must be between 1 and 2147483647.",
            "Business Central: MaxRetries is -1 but must be between 0 and 100.",
            "Business Central: RequestTimeout is 00:00:00 but must be between 00:00:00.0010000 and 1.00:00:00.",
            "Business Central: MaxResponseBytes is 0 but must be between 1 and 2147483591.",
            "Business Central: The route of table 'a' must have the shape publisher/group/version.",
            "Business Central: Table 'b' exists under other tables only and cannot be writable.",
            "Business Central: The greatest length of field 'name' of table 'c' must be at least 1.",
            "Business Central: LimitWindow is 2.00:00:00 but must be between 00:00:00.0010000 and 1.00:00:00.",
            "Business Central: RequestLimit is 0 but must be between 1 and 2147483647.",
            "Business Central: Account must not be empty; null is the default.",
            "Business Central: QueryOptions has an option without a name or a value.",
            "Business Central: Table 'd' has no settings.",
            "Business Central: KeyField of table 'e' must not be empty; null is the default.",
            "Business Central: Field 'a' of table 'e' has no settings.",
            "Business Central: The type of field 'b' of table 'e' has the undefined value 99.",
            "Business Central: A member of field 'b' of table 'e' has no name.");
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
