namespace Dataverse.Sync.PostgreSql;

/// <summary>The tables of version 1.</summary>
/// <remarks>
/// <para>Instants are UTC ticks of 100 ns since the year 1, because <c>timestamptz</c> has microseconds; enumerations are
/// their numbers; texts are those of <see cref="StoredText"/>, compared byte by byte. A base shape is found by its digest,
/// because an index entry must be shorter than a shape can be.</para>
/// <para>The row of a mapping changes with every commit, so its pages keep room for the next version of it.</para>
/// </remarks>
internal static class SchemaVersion1
{
    public const string Script =
        """
        CREATE TABLE [schema].coupling_store (
            id smallint PRIMARY KEY CHECK (id = 1),
            identity uuid NOT NULL,
            version bigint NOT NULL,
            key_id bytea,
            scope_revision bigint NOT NULL);
        INSERT INTO [schema].coupling_store VALUES (1, gen_random_uuid(), 0, NULL, 0);

        CREATE TABLE [schema].mapping (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            scope text COLLATE "C" NOT NULL,
            name text COLLATE "C" NOT NULL,
            lease_token bigint NOT NULL,
            lease_owner text COLLATE "C",
            lease_expires_on bigint NOT NULL,
            writes bigint NOT NULL,
            local_checkpoint text COLLATE "C",
            integration_checkpoint text COLLATE "C",
            local_keys_scanned_on bigint,
            integration_keys_scanned_on bigint) WITH (fillfactor = 50);
        CREATE UNIQUE INDEX mapping_key ON [schema].mapping (scope, name);

        CREATE TABLE [schema].base_shape (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            digest bytea NOT NULL UNIQUE,
            field_mappings bytea NOT NULL);

        CREATE TABLE [schema].coupling (
            mapping_id bigint NOT NULL,
            local_id uuid NOT NULL,
            integration_id uuid NOT NULL,
            local_version bigint NOT NULL,
            integration_version bigint NOT NULL,
            synchronized_on bigint, -- seconds since 1970
            base_shape_id bigint,
            base bytea);
        CREATE UNIQUE INDEX coupling_local ON [schema].coupling (mapping_id, local_id);
        CREATE UNIQUE INDEX coupling_integration ON [schema].coupling (mapping_id, integration_id);

        CREATE TABLE [schema].intent (
            sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            mapping_id bigint NOT NULL,
            id uuid NOT NULL,
            target bigint NOT NULL,
            kind bigint NOT NULL,
            target_id uuid NOT NULL,
            source_id uuid NOT NULL,
            journaled_on bigint NOT NULL,
            base_shape_id bigint,
            outcome bytea,
            business_key bytea,
            send_before bigint);
        CREATE UNIQUE INDEX intent_id ON [schema].intent (mapping_id, id);

        CREATE TABLE [schema].failure (
            mapping_id bigint NOT NULL,
            side bigint NOT NULL,
            record_id uuid NOT NULL,
            state bigint NOT NULL,
            code text COLLATE "C" NOT NULL,
            message text COLLATE "C" NOT NULL,
            field text COLLATE "C",
            attempts bigint NOT NULL,
            first_failed_on bigint NOT NULL,
            last_failed_on bigint NOT NULL,
            next_try_on bigint,
            awaited_mappings text COLLATE "C",
            awaited_side bigint,
            awaited_id uuid,
            job_id uuid NOT NULL,
            version bigint NOT NULL,
            awaited_alternatives text COLLATE "C",
            candidates bytea);
        CREATE UNIQUE INDEX failure_record ON [schema].failure (mapping_id, side, record_id);
        CREATE INDEX failure_age ON [schema].failure (mapping_id, first_failed_on, side, record_id);

        CREATE TABLE [schema].conflict (
            mapping_id bigint NOT NULL,
            id uuid NOT NULL,
            kind bigint NOT NULL,
            local_id uuid NOT NULL,
            integration_id uuid NOT NULL,
            fields bytea NOT NULL,
            detected_on bigint NOT NULL,
            resolution bigint NOT NULL,
            resolved_on bigint,
            has_values boolean NOT NULL,
            reason text COLLATE "C");
        CREATE UNIQUE INDEX conflict_id ON [schema].conflict (mapping_id, id);
        CREATE INDEX conflict_age ON [schema].conflict (mapping_id, detected_on, id);
        CREATE INDEX conflict_open_age ON [schema].conflict (mapping_id, detected_on, id) WHERE resolution = 0;
        CREATE INDEX conflict_open_pair ON [schema].conflict (mapping_id, local_id, integration_id) WHERE resolution = 0;
        CREATE INDEX conflict_decided_age ON [schema].conflict (coalesce(resolved_on, detected_on))
            WHERE resolution <> 0 AND has_values;
        """
        + "\n\n"
        + SchemaVersion1Registers.Script;
}
