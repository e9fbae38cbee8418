using System.ComponentModel.DataAnnotations;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.Configuration;

/// <summary>The settings of a <see cref="WebApiConnector"/>. Null keeps the default.</summary>
internal sealed class DataverseSettings : IConnectionSettings
{
    [Required]
    public Uri? EnvironmentUrl { get; set; }

    public string? ApiVersion { get; set; }

    public string? AccessTokenFrom { get; set; }

    public string? Credential { get; set; }

    public string? CredentialScope { get; set; }

    public string? Account { get; set; }

    public string? Name { get; set; }

    public int? PageSize { get; set; }

    public int? CreateBatchSize { get; set; }

    public int? UpdateBatchSize { get; set; }

    public int? MaxConcurrency { get; set; }

    public int? RequestLimit { get; set; }

    public TimeSpan? ExecutionTimeLimit { get; set; }

    public TimeSpan? LimitWindow { get; set; }

    public int? MaxRetries { get; set; }

    public TimeSpan? RetryDelay { get; set; }

    public TimeSpan? RequestTimeout { get; set; }

    public long? MaxResponseBytes { get; set; }

    public ChangeTracking? ChangeTracking { get; set; }

    public TimeSpan? ModifiedOnOverlap { get; set; }

    public bool? TrustOwnIdsInCreateMultiple { get; set; }

    public List<string>? WritableFullNames { get; set; }

    public FullNameConvention? FullNameConvention { get; set; }

    public BypassedLogic? BypassedLogic { get; set; }

    public bool? SuppressFlows { get; set; }

    public string? Tag { get; set; }
}
