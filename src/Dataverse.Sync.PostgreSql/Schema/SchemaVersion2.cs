namespace Dataverse.Sync.PostgreSql;

/// <summary>Version 2 stores the states of job queue entries.</summary>
/// <remarks>Entries change often and are few, so their pages keep room for the next version of each row.</remarks>
internal static class SchemaVersion2
{
    public const string Script =
        """
        CREATE TABLE [schema].job_queue_entry (
            scope text COLLATE "C" NOT NULL,
            name text COLLATE "C" NOT NULL,
            mapping text COLLATE "C" NOT NULL,
            version bigint NOT NULL,
            is_one_time boolean NOT NULL,
            state bigint NOT NULL,
            earliest_start_on bigint,
            attempts bigint NOT NULL,
            state_before bigint,
            last_started_on bigint,
            last_finished_on bigint,
            last_succeeded_on bigint,
            last_job_id uuid,
            message text COLLATE "C",
            owner text COLLATE "C",
            owned_until bigint,
            ownership_duration bigint, -- ticks
            PRIMARY KEY (scope, name)) WITH (fillfactor = 50);
        """;
}
