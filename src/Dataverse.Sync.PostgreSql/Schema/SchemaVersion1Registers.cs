namespace Dataverse.Sync.PostgreSql;

/// <summary>The tables of version 1 that do not belong to the records of one mapping.</summary>
internal static class SchemaVersion1Registers
{
    public const string Script =
        """
        CREATE TABLE [schema].announced_deletion (
            mapping_id bigint NOT NULL,
            side bigint NOT NULL,
            record_id uuid NOT NULL,
            announced_on bigint NOT NULL);
        CREATE UNIQUE INDEX announced_deletion_record ON [schema].announced_deletion (mapping_id, side, record_id);

        CREATE TABLE [schema].scope (
            name text COLLATE "C" PRIMARY KEY,
            local_id text COLLATE "C",
            integration_id text COLLATE "C",
            local_identity text COLLATE "C",
            integration_identity text COLLATE "C",
            tables text COLLATE "C");

        CREATE TABLE [schema].mapping_override (
            scope text COLLATE "C" NOT NULL,
            mapping text COLLATE "C" NOT NULL,
            version bigint NOT NULL,
            document text COLLATE "C",
            changed_on bigint NOT NULL,
            PRIMARY KEY (scope, mapping));

        CREATE TABLE [schema].job (
            sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id uuid NOT NULL UNIQUE,
            scope text COLLATE "C" NOT NULL,
            mapping text COLLATE "C" NOT NULL,
            kind bigint NOT NULL,
            direction bigint NOT NULL,
            started_on bigint NOT NULL,
            finished_on bigint,
            status bigint NOT NULL,
            message text COLLATE "C",
            inserted bigint NOT NULL,
            modified bigint NOT NULL,
            deleted bigint NOT NULL,
            unchanged bigint NOT NULL,
            skipped bigint NOT NULL,
            failed bigint NOT NULL,
            coupled bigint NOT NULL,
            uncoupled bigint NOT NULL,
            conflicted bigint NOT NULL,
            cut_texts bigint NOT NULL,
            doubtful bigint NOT NULL);
        CREATE INDEX job_age ON [schema].job (scope, started_on);

        CREATE TABLE [schema].job_error (
            sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            job_id uuid NOT NULL,
            side bigint NOT NULL,
            record_id uuid NOT NULL,
            occurred_on bigint NOT NULL,
            code text COLLATE "C" NOT NULL,
            message text COLLATE "C" NOT NULL,
            field text COLLATE "C");
        CREATE INDEX job_error_job ON [schema].job_error (job_id, occurred_on);
        """;
}
