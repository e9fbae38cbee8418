namespace Dataverse.Sync.Sqlite;

/// <summary>What turns a file of the version before into one of this version.</summary>
/// <param name="Version">The version that the file has afterwards; the first is 1.</param>
/// <param name="Script">The statements; they run in the transaction of the whole migration.</param>
internal sealed record SchemaStep(int Version, string Script);
