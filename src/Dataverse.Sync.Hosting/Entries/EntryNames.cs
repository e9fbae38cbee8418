namespace Dataverse.Sync.Hosting;

/// <summary>The names of entries.</summary>
internal static class EntryNames
{
    /// <summary>
    /// The name of the full synchronization of a mapping that is run once. A recurring entry has the name of its
    /// mapping.
    /// </summary>
    public static string Full(string mapping) => $"{mapping} (full)";
}
