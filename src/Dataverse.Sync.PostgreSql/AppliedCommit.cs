namespace Dataverse.Sync.PostgreSql;

/// <summary>What to remember of a commit.</summary>
/// <param name="Writes">How often the mapping was written, with the commit.</param>
/// <param name="Shapes">The base shapes that it looked up or stored.</param>
internal sealed record AppliedCommit(long Writes, IReadOnlyDictionary<BaseShape, long> Shapes);
