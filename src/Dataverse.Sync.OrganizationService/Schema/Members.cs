using System.Collections;
using System.Globalization;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Reads properties of the SDK's types by name, where the type may come from another assembly or version.</summary>
/// <remarks>What is missing, or of another type, counts as not told.</remarks>
internal static class Members
{
    /// <summary>The text of a property; an enumeration gives the name of its value.</summary>
    public static string? Text(object? owner, string name) =>
        Get(owner, name) is { } value ? System.Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    /// <summary>The number of a property.</summary>
    public static int? Number(object? owner, string name) => Get(owner, name) is int number ? number : null;

    /// <summary>The id of a property.</summary>
    public static Guid? Id(object? owner, string name) => Get(owner, name) is Guid id && id != Guid.Empty ? id : null;

    /// <summary>The items of a list; null when it is none.</summary>
    public static IEnumerable<object>? Items(object? list) => (list as IEnumerable)?.Cast<object?>().OfType<object>();

    private static object? Get(object? owner, string name) => owner?.GetType().GetProperty(name)?.GetValue(owner);
}
