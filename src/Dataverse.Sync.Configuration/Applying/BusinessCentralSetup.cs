using Dataverse.Sync.AzureIdentity;
using Dataverse.Sync.BusinessCentral;

namespace Dataverse.Sync.Configuration;

/// <summary>Gives a connector to Business Central what its settings say.</summary>
internal static class BusinessCentralSetup
{
    /// <exception cref="SyncConfigurationException">The access token or the credential is missing.</exception>
    public static void Apply(
        BusinessCentralOptions options, BusinessCentralSettings settings, string path, IServiceProvider provider)
    {
        options.BaseAddress = settings.BaseAddress;
        options.Company = settings.Company;
        options.Account = settings.Account;
        options.RebaseLinks = settings.RebaseLinks ?? options.RebaseLinks;
        ApplyLimits(options, settings);
        ApplyTimes(options, settings);
        ApplyLists(options, settings);
        options.AccessToken = SignIn.Token(provider, settings, path);
        if (options.AccessToken is null)
        {
            var scope = new CredentialOptions { Scope = settings.CredentialScope };
            _ = options.UseCredential(SignIn.Credential(provider, settings, path), scope);
        }
    }

    private static void ApplyLimits(BusinessCentralOptions options, BusinessCentralSettings settings)
    {
        options.PageSize = settings.PageSize ?? options.PageSize;
        options.BatchSize = settings.BatchSize ?? options.BatchSize;
        options.MaxConcurrency = settings.MaxConcurrency ?? options.MaxConcurrency;
        options.RequestLimit = settings.HasRequestLimit ? settings.RequestLimit ?? options.RequestLimit : null;
        options.CountsBatchParts = settings.CountsBatchParts ?? options.CountsBatchParts;
        options.MaxRetries = settings.MaxRetries ?? options.MaxRetries;
        options.MaxResponseBytes = settings.MaxResponseBytes ?? options.MaxResponseBytes;
    }

    private static void ApplyTimes(BusinessCentralOptions options, BusinessCentralSettings settings)
    {
        options.ChangeOverlap = settings.ChangeOverlap ?? options.ChangeOverlap;
        options.ClockMargin = settings.ClockMargin ?? options.ClockMargin;
        options.LimitWindow = settings.LimitWindow ?? options.LimitWindow;
        options.RequestTimeout = settings.RequestTimeout ?? options.RequestTimeout;
    }

    private static void ApplyLists(BusinessCentralOptions options, BusinessCentralSettings settings)
    {
        foreach (var (name, value) in settings.QueryOptions)
        {
            options.QueryOptions[name] = value;
        }

        foreach (var text in settings.PassingErrorTexts)
        {
            options.PassingErrorTexts.Add(text);
        }

        foreach (var (name, table) in settings.Tables)
        {
            options.Tables[name] = TableOf(table);
        }
    }

    private static BusinessCentralTableOptions TableOf(BusinessCentralTableSettings settings)
    {
        var table = new BusinessCentralTableOptions
        {
            Route = settings.Route,
            EntitySet = settings.EntitySet,
            KeyField = settings.KeyField,
            ModifiedOnField = settings.ModifiedOnField,
            BusinessKeyField = settings.BusinessKeyField,
            KeepsChosenIds = settings.KeepsChosenIds,
            IsWritable = settings.IsWritable,
            ParentField = settings.ParentField,
        };
        foreach (var parent in settings.Parents)
        {
            table.Parents.Add(parent);
        }

        foreach (var (name, field) in settings.Fields)
        {
            table.Fields[name] = FieldOf(field);
        }

        return table;
    }

    private static BusinessCentralFieldOptions FieldOf(BusinessCentralFieldSettings settings) => new()
    {
        Type = settings.Type,
        MaxLength = settings.MaxLength,
        Scale = settings.Scale,
        CanInsert = settings.CanInsert,
        CanUpdate = settings.CanUpdate,
        IsRequired = settings.IsRequired,
        IsCode = settings.IsCode,
        CanFilter = settings.CanFilter,
        Members = settings.Members,
        FirstMember = settings.FirstMember,
        OtherNames = settings.OtherNames,
    };
}
