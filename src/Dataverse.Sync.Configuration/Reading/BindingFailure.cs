using Dataverse.Sync.Sqlite;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.Configuration;

/// <summary>Says what is wrong with a key, without its value, which may be a secret in the wrong place.</summary>
internal static class BindingFailure
{
    private const string OneOf = "one of ";
    private const string Time = "a time such as 00:30:00";

    private static readonly (string? Type, string Expected)[] Expectations =
    [
        (typeof(TimeSpan).FullName, Time),
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

        var expected = ExpectedBy(failure);
        return expected is null ? $"{path} has a value of the wrong kind." : $"{path} must be {expected}.";
    }

    /// <summary>Whether the key of a refused value has a name or a time as its value, for which a number is a mistake.</summary>
    public static bool RefusesNumbers(Exception failure) =>
        ExpectedBy(failure) is { } expected && (expected == Time || expected.StartsWith(OneOf, StringComparison.Ordinal));

    private static string? ExpectedBy(Exception failure) => Expectations.FirstOrDefault(
        item => failure.Message.Contains($"'{item.Type}'", StringComparison.Ordinal)).Expected;

    private static (string? Type, string Expected) Of<T>()
        where T : struct, Enum => (typeof(T).FullName, $"{OneOf}{string.Join(", ", Enum.GetNames<T>())}");
}
