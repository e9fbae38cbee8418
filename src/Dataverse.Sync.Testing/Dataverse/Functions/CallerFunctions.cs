using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The query functions that compare a column with the caller, the caller's business unit, teams, and language.</summary>
internal static class CallerFunctions
{
    public static IEnumerable<(string Name, RowFunction Function)> All(QueryScope scope) =>
    [
        ("EqualUserId", OfIds(value => value == scope.User)),
        ("NotEqualUserId", OfIds(value => value != scope.User)),
        ("EqualBusinessId", OfIds(value => value is not null && value == scope.BusinessUnit)),
        ("NotEqualBusinessId", OfIds(value => value != scope.BusinessUnit)),
        ("EqualUserTeams", OfIds(value => scope.Teams.Any(team => value == team))),
        ("EqualUserOrUserTeams", OfIds(value => value == scope.User || scope.Teams.Any(team => value == team))),
        ("EqualUserLanguage", Language(scope)),
    ];

    private static RowFunction OfIds(Func<Guid?, bool> test) => (type, arguments) =>
    {
        var property = FunctionBinding.Property(type, arguments, EdmPrimitiveTypeKind.Guid);
        return row => test(row(property.Name) as Guid?);
    };

    // Every user of the emulator has the language of the organization.
    private static RowFunction Language(QueryScope scope) => (type, arguments) =>
    {
        var property = FunctionBinding.Property(type, arguments, EdmPrimitiveTypeKind.Int32);
        var language = scope.State["organization"].All.Select(row => row["languagecode"]).FirstOrDefault();
        return row => row(property.Name) is { } value && Equals(value, language);
    };
}
