namespace Dataverse.Sync.WebApi.Tests;

public sealed class OptionsValidatorTests
{
    [Fact]
    public void Connector_names_every_wrong_setting_at_once()
    {
        var options = new WebApiOptions
        {
            EnvironmentUrl = new Uri("http://contoso.crm4.dynamics.com/"),
            ApiVersion = "9",
            PageSize = 5_001,
            CreateBatchSize = 0,
            UpdateBatchSize = 1_001,
            MaxConcurrency = 53,
            RequestTimeout = TimeSpan.Zero,
            ModifiedOnOverlap = TimeSpan.FromSeconds(-1),
            Tag = "",
            Account = "",
            Name = " ",
            ChangeTracking = (ChangeTracking)7,
            FullNameConvention = (FullNameConvention)2,
            BypassedLogic = (BypassedLogic)4,
            WritableFullNames = null!,
        };

        var refusal = FluentActions.Invoking(() => new WebApiConnector(options)).Should().Throw<SyncConfigurationException>().Which;

        refusal.Problems.Select(problem => problem.Split(' ', ':')[0]).Should().BeEquivalentTo(
            "EnvironmentUrl", "ApiVersion", "AccessToken", "PageSize", "CreateBatchSize", "UpdateBatchSize", "MaxConcurrency", "RequestTimeout", "ModifiedOnOverlap", "Tag",
            "Account", "Name", "ChangeTracking", "FullNameConvention", "BypassedLogic", "WritableFullNames");
        refusal.Message.Should().Contain("PageSize is 5001 but must be between 1 and 5000.");
    }

    [Theory]
    [InlineData("https://contoso.crm4.dynamics.com/")]
    [InlineData("https://CONTOSO.api.crm4.dynamics.com")]
    public void Identity_is_the_host_by_either_of_its_names(string environment)
    {
        using var connector = new WebApiConnector(new WebApiOptions { EnvironmentUrl = new Uri(environment), AccessToken = _ => new("t") });

        connector.Identity.Should().Be("contoso.crm4.dynamics.com");
        connector.Name.Should().Be("Dataverse");
    }
}
