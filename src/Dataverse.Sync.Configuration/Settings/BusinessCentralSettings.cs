using System.ComponentModel.DataAnnotations;
using Dataverse.Sync.BusinessCentral;

namespace Dataverse.Sync.Configuration;

/// <summary>The settings of a <see cref="BusinessCentralConnector"/>. Null keeps the default.</summary>
internal sealed class BusinessCentralSettings : IConnectionSettings
{
    [Required]
    public Uri? BaseAddress { get; set; }

    [Required]
    public string? Company { get; set; }

    public string? AccessTokenFrom { get; set; }

    public string? Credential { get; set; }

    public string? CredentialScope { get; set; }

    public string? Account { get; set; }

    public Dictionary<string, string> QueryOptions { get; set; } = [];

    public bool? RebaseLinks { get; set; }

    public Dictionary<string, BusinessCentralTableSettings> Tables { get; set; } = [];

    public int? PageSize { get; set; }

    public int? BatchSize { get; set; }

    public TimeSpan? ChangeOverlap { get; set; }

    public TimeSpan? ClockMargin { get; set; }

    public int? MaxConcurrency { get; set; }

    public int? RequestLimit { get; set; }

    public bool HasRequestLimit { get; set; } = true;

    public TimeSpan? LimitWindow { get; set; }

    public bool? CountsBatchParts { get; set; }

    public int? MaxRetries { get; set; }

    public TimeSpan? RequestTimeout { get; set; }

    public List<string> PassingErrorTexts { get; set; } = [];

    public long? MaxResponseBytes { get; set; }
}
