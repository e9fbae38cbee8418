using Dataverse.Sync.AzureIdentity;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.Configuration;

/// <summary>Gives a connector to Dataverse what its settings say.</summary>
internal static class DataverseSetup
{
    /// <exception cref="SyncConfigurationException">The access token or the credential is missing.</exception>
    public static void Apply(WebApiOptions options, DataverseSettings settings, string path, IServiceProvider provider)
    {
        options.EnvironmentUrl = settings.EnvironmentUrl;
        options.ApiVersion = settings.ApiVersion ?? options.ApiVersion;
        options.Account = settings.Account;
        options.Name = settings.Name ?? options.Name;
        ApplyLimits(options, settings);
        ApplyTimes(options, settings);
        ApplyWriting(options, settings);
        options.AccessToken = SignIn.Token(provider, settings, path);
        if (options.AccessToken is null)
        {
            var scope = new CredentialOptions { Scope = settings.CredentialScope };
            _ = options.UseCredential(SignIn.Credential(provider, settings, path), scope);
        }
    }

    private static void ApplyLimits(WebApiOptions options, DataverseSettings settings)
    {
        options.PageSize = settings.PageSize ?? options.PageSize;
        options.CreateBatchSize = settings.CreateBatchSize ?? options.CreateBatchSize;
        options.UpdateBatchSize = settings.UpdateBatchSize ?? options.UpdateBatchSize;
        options.MaxConcurrency = settings.MaxConcurrency ?? options.MaxConcurrency;
        options.RequestLimit = settings.RequestLimit ?? options.RequestLimit;
        options.MaxRetries = settings.MaxRetries ?? options.MaxRetries;
        options.MaxResponseBytes = settings.MaxResponseBytes ?? options.MaxResponseBytes;
    }

    private static void ApplyTimes(WebApiOptions options, DataverseSettings settings)
    {
        options.ExecutionTimeLimit = settings.ExecutionTimeLimit ?? options.ExecutionTimeLimit;
        options.LimitWindow = settings.LimitWindow ?? options.LimitWindow;
        options.RetryDelay = settings.RetryDelay ?? options.RetryDelay;
        options.RequestTimeout = settings.RequestTimeout ?? options.RequestTimeout;
        options.ModifiedOnOverlap = settings.ModifiedOnOverlap ?? options.ModifiedOnOverlap;
        options.ChangeTracking = settings.ChangeTracking ?? options.ChangeTracking;
    }

    private static void ApplyWriting(WebApiOptions options, DataverseSettings settings)
    {
        options.TrustOwnIdsInCreateMultiple = settings.TrustOwnIdsInCreateMultiple ?? options.TrustOwnIdsInCreateMultiple;
        options.WritableFullNames = settings.WritableFullNames ?? options.WritableFullNames;
        options.FullNameConvention = settings.FullNameConvention ?? options.FullNameConvention;
        options.BypassedLogic = settings.BypassedLogic ?? options.BypassedLogic;
        options.SuppressFlows = settings.SuppressFlows ?? options.SuppressFlows;
        options.Tag = settings.Tag;
    }
}
