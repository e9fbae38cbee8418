namespace Dataverse.Sync.PostgreSql;

/// <summary>A step of a migration, from the previous version to the next.</summary>
/// <param name="Version">The version that the store has after the step. The first version is 1.</param>
/// <param name="Script">
/// The statements, which name tables as <c>[schema].table</c>. They run in the transaction of the whole migration.
/// </param>
internal sealed record SchemaStep(int Version, string Script);
