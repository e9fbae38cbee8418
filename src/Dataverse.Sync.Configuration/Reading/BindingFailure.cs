using Dataverse.Sync.Sqlite;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.Configuration;

/// <summary>Says what is wrong with a key, without its value, which may be a secret in the wrong place.</summary>
internal static class BindingFailure
{
    private static readonly (string? Type, string Expected)[] Expectations =
    [
        (typeof(TimeSpan).FullName, "a time such as 00:30:00"),
        (typeof(int).FullName, "a whole number"),
        (typeof(long).FullName, "a whole number"),
        (typeof(bool).FullName, "true or false"),
        (typeof(Uri).FullName, "an address"),
        Of<StoreKind>(),
        Of<SyncJobKind>(),
        Of<NewRecordIds>(),
        Of<FieldType>(),
        Of<SqliteSynchronous>(),
        Of<ChangeTracking>(),
        Of<FullNameConvention>(),
        Of<BypassedLogic>(),
    ];

    /// <summary>Describes why the binder refused a key.</summary>
    public static string Describe(string path, Exception failure)
    {
        // A value that cannot be converted has an inner exception; a key without a member has none.
        if (failure.InnerException is null)
        {
            return $"{path} is not a setting.";
        }

        var expected = Expectations.FirstOrDefault(
            item => failure.Message.Contains($"'{item.Type}'", StringComparison.Ordinal)).Expected;
        return expected is null ? $"{path} has a value of the wrong kind." : $"{path} must be {expected}.";
    }

    private static (string? Type, string Expected) Of<T>()
        where T : struct, Enum => (typeof(T).FullName, $"one of {string.Join(", ", Enum.GetNames<T>())}");
}
