namespace Dataverse.Sync.Sqlite;

/// <summary>Version 11 stores for how long the owner of a job queue entry keeps it without renewing it.</summary>
internal static class SchemaVersion11
{
    public const string Script = "ALTER TABLE job_queue_entry ADD COLUMN ownership_duration INTEGER;";
}
