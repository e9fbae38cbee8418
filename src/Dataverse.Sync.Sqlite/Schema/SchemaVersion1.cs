namespace Dataverse.Sync.Sqlite;

/// <summary>The tables of version 1.</summary>
/// <remarks>
/// Ids are stored as the 16 bytes of <see cref="IdBytes"/>, instants as UTC ticks of 100 ns since the year 1, and
/// enumerations as their numbers. Couplings have a table with two narrow indexes instead of one that is clustered by id:
/// rows are appended in the order of commits, so that pages fill up regardless of the ids.
/// </remarks>
internal static class SchemaVersion1
{
    public const string Script =
        """
        CREATE TABLE mapping (
            id INTEGER PRIMARY KEY,
            scope TEXT NOT NULL,
            name TEXT NOT NULL,
            lease_token INTEGER NOT NULL,
            lease_owner TEXT,
            lease_expires_on INTEGER NOT NULL,
            local_checkpoint TEXT,
            integration_checkpoint TEXT,
            local_keys_scanned_on INTEGER,
            integration_keys_scanned_on INTEGER,
            UNIQUE (scope, name));

        CREATE TABLE base_shape (
            id INTEGER PRIMARY KEY,
            field_mappings BLOB NOT NULL UNIQUE);

        CREATE TABLE coupling (
            id INTEGER PRIMARY KEY,
            mapping_id INTEGER NOT NULL,
            local_id BLOB NOT NULL,
            integration_id BLOB NOT NULL,
            local_version INTEGER NOT NULL,
            integration_version INTEGER NOT NULL,
            synchronized_on INTEGER, -- seconds since 1970
            base_shape_id INTEGER,
            base BLOB);
        CREATE UNIQUE INDEX coupling_local ON coupling (mapping_id, local_id);
        CREATE UNIQUE INDEX coupling_integration ON coupling (mapping_id, integration_id);

        CREATE TABLE intent (
            sequence INTEGER PRIMARY KEY,
            mapping_id INTEGER NOT NULL,
            id BLOB NOT NULL,
            target INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            target_id BLOB NOT NULL,
            source_id BLOB NOT NULL,
            journaled_on INTEGER NOT NULL,
            base_shape_id INTEGER,
            outcome BLOB,
            business_key TEXT);
        CREATE UNIQUE INDEX intent_id ON intent (mapping_id, id);

        CREATE TABLE failure (
            mapping_id INTEGER NOT NULL,
            side INTEGER NOT NULL,
            record_id BLOB NOT NULL,
            state INTEGER NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL,
            field TEXT,
            attempts INTEGER NOT NULL,
            first_failed_on INTEGER NOT NULL,
            last_failed_on INTEGER NOT NULL,
            next_try_on INTEGER,
            awaited_mapping TEXT,
            awaited_side INTEGER,
            awaited_id BLOB,
            job_id BLOB NOT NULL);
        CREATE UNIQUE INDEX failure_record ON failure (mapping_id, side, record_id);
        CREATE INDEX failure_age ON failure (mapping_id, first_failed_on, side, record_id);

        CREATE TABLE conflict (
            mapping_id INTEGER NOT NULL,
            id BLOB NOT NULL,
            kind INTEGER NOT NULL,
            local_id BLOB NOT NULL,
            integration_id BLOB NOT NULL,
            fields BLOB NOT NULL,
            detected_on INTEGER NOT NULL,
            resolution INTEGER NOT NULL,
            settled_on INTEGER);
        CREATE UNIQUE INDEX conflict_id ON conflict (mapping_id, id);
        CREATE INDEX conflict_age ON conflict (mapping_id, detected_on, id);
        CREATE INDEX conflict_open_age ON conflict (mapping_id, detected_on, id) WHERE resolution = 0;
        CREATE INDEX conflict_open_pair ON conflict (mapping_id, local_id, integration_id) WHERE resolution = 0;

        CREATE TABLE job (
            sequence INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            scope TEXT NOT NULL,
            mapping TEXT NOT NULL,
            kind INTEGER NOT NULL,
            direction INTEGER NOT NULL,
            started_on INTEGER NOT NULL,
            finished_on INTEGER,
            status INTEGER NOT NULL,
            message TEXT,
            inserted INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            deleted INTEGER NOT NULL,
            unchanged INTEGER NOT NULL,
            skipped INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            coupled INTEGER NOT NULL,
            uncoupled INTEGER NOT NULL,
            conflicted INTEGER NOT NULL);
        CREATE INDEX job_age ON job (scope, started_on);

        CREATE TABLE job_error (
            sequence INTEGER PRIMARY KEY,
            job_id BLOB NOT NULL,
            side INTEGER NOT NULL,
            record_id BLOB NOT NULL,
            occurred_on INTEGER NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL,
            field TEXT);
        CREATE INDEX job_error_job ON job_error (job_id, occurred_on);
        """;
}
