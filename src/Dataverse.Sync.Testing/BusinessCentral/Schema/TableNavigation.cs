namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A navigation property: the rows of <paramref name="Target"/> that belong to a row.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Target">Entity set (exposed or not) of the target.</param>
/// <param name="IsCollection">Whether there may be several.</param>
/// <param name="Find">Finds them, in key order.</param>
internal sealed record TableNavigation(string Name, string Target, bool IsCollection, Func<CompanyView, PageRow, IEnumerable<PageRow>> Find);
