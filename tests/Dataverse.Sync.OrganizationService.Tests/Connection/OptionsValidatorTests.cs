using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Tests;

public sealed class OptionsValidatorTests
{
    [Fact]
    public void All_problems_are_reported_together()
    {
        var options = new OrganizationServiceOptions
        {
            EnvironmentUrl = new Uri("contoso", UriKind.Relative),
            Account = " ",
            Name = "",
            PageSize = 0,
            CreateBatchSize = 1_001,
            UpdateBatchSize = 0,
            MaxDegreeOfParallelism = 53,
            RequestLimit = 0,
            MaxRetries = -1,
            ClientRetryTime = TimeSpan.FromSeconds(-1),
            RetryDelay = TimeSpan.FromHours(1),
            RequestTimeout = TimeSpan.Zero,
            ExecutionTimeLimit = TimeSpan.Zero,
            LimitWindow = TimeSpan.Zero,
            ModifiedOnOverlap = TimeSpan.FromDays(2),
            ChangeTracking = (ChangeTracking)9,
            FullNameConvention = (FullNameConvention)9,
            BypassedLogic = (BypassedLogic)9,
            WritableFullNames = [""],
            Tag = "",
        };

        FluentActions.Invoking(() => new OrganizationServiceConnector(new StubOrganization(new OrganizationResponse()), options))
            .Should().Throw<SyncConfigurationException>().Which.Problems.Should().HaveCount(20);
    }
}
