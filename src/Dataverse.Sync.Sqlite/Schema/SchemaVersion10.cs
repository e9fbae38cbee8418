namespace Dataverse.Sync.Sqlite;

/// <summary>Version 10 stores the states of job queue entries.</summary>
internal static class SchemaVersion10
{
    public const string Script =
        """
        CREATE TABLE job_queue_entry (
            scope TEXT NOT NULL,
            name TEXT NOT NULL,
            mapping TEXT NOT NULL,
            version INTEGER NOT NULL,
            is_one_time INTEGER NOT NULL,
            state INTEGER NOT NULL,
            earliest_start_on INTEGER,
            attempts INTEGER NOT NULL,
            state_before INTEGER,
            last_started_on INTEGER,
            last_finished_on INTEGER,
            last_succeeded_on INTEGER,
            last_job_id BLOB,
            message TEXT,
            owner TEXT,
            owned_until INTEGER,
            UNIQUE (scope, name));
        """;
}
