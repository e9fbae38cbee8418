-- A store as version 1 of the tables had it; [schema] is its schema.
CREATE SCHEMA [schema];

CREATE TABLE [schema].announced_deletion (
    mapping_id bigint NOT NULL,
    side bigint NOT NULL,
    record_id uuid NOT NULL,
    announced_on bigint NOT NULL
);

CREATE TABLE [schema].base_shape (
    id bigint NOT NULL,
    digest bytea NOT NULL,
    field_mappings bytea NOT NULL
);

ALTER TABLE [schema].base_shape ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME [schema].base_shape_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

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
    reason text COLLATE pg_catalog."C"
);

CREATE TABLE [schema].coupling (
    mapping_id bigint NOT NULL,
    local_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    local_version bigint NOT NULL,
    integration_version bigint NOT NULL,
    synchronized_on bigint,
    base_shape_id bigint,
    base bytea
);

CREATE TABLE [schema].coupling_store (
    id smallint NOT NULL,
    identity uuid NOT NULL,
    version bigint NOT NULL,
    key_id bytea,
    scope_revision bigint NOT NULL,
    CONSTRAINT coupling_store_id_check CHECK ((id = 1))
);

CREATE TABLE [schema].failure (
    mapping_id bigint NOT NULL,
    side bigint NOT NULL,
    record_id uuid NOT NULL,
    state bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    message text NOT NULL COLLATE pg_catalog."C",
    field text COLLATE pg_catalog."C",
    attempts bigint NOT NULL,
    first_failed_on bigint NOT NULL,
    last_failed_on bigint NOT NULL,
    next_try_on bigint,
    awaited_mappings text COLLATE pg_catalog."C",
    awaited_side bigint,
    awaited_id uuid,
    job_id uuid NOT NULL,
    version bigint NOT NULL,
    awaited_alternatives text COLLATE pg_catalog."C",
    candidates bytea
);

CREATE TABLE [schema].intent (
    sequence bigint NOT NULL,
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
    send_before bigint
);

ALTER TABLE [schema].intent ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME [schema].intent_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE [schema].job (
    sequence bigint NOT NULL,
    id uuid NOT NULL,
    scope text NOT NULL COLLATE pg_catalog."C",
    mapping text NOT NULL COLLATE pg_catalog."C",
    kind bigint NOT NULL,
    direction bigint NOT NULL,
    started_on bigint NOT NULL,
    finished_on bigint,
    status bigint NOT NULL,
    message text COLLATE pg_catalog."C",
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
    doubtful bigint NOT NULL
);

CREATE TABLE [schema].job_error (
    sequence bigint NOT NULL,
    job_id uuid NOT NULL,
    side bigint NOT NULL,
    record_id uuid NOT NULL,
    occurred_on bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    message text NOT NULL COLLATE pg_catalog."C",
    field text COLLATE pg_catalog."C"
);

ALTER TABLE [schema].job_error ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME [schema].job_error_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE [schema].job ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME [schema].job_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE [schema].mapping (
    id bigint NOT NULL,
    scope text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    lease_token bigint NOT NULL,
    lease_owner text COLLATE pg_catalog."C",
    lease_expires_on bigint NOT NULL,
    writes bigint NOT NULL,
    local_checkpoint text COLLATE pg_catalog."C",
    integration_checkpoint text COLLATE pg_catalog."C",
    local_keys_scanned_on bigint,
    integration_keys_scanned_on bigint
)
WITH (fillfactor='50');

ALTER TABLE [schema].mapping ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME [schema].mapping_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE [schema].mapping_override (
    scope text NOT NULL COLLATE pg_catalog."C",
    mapping text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    document text COLLATE pg_catalog."C",
    changed_on bigint NOT NULL
);

CREATE TABLE [schema].scope (
    name text NOT NULL COLLATE pg_catalog."C",
    local_id text COLLATE pg_catalog."C",
    integration_id text COLLATE pg_catalog."C",
    local_identity text COLLATE pg_catalog."C",
    integration_identity text COLLATE pg_catalog."C",
    tables text COLLATE pg_catalog."C"
);

INSERT INTO [schema].base_shape OVERRIDING SYSTEM VALUE VALUES (1, '\x93a5f852b0c069af9a2e2314781fe080149e3bd262bd5f86e856a80b9fc0ac9f', '\x03066e0075006d006200650072000b64006900730070006c00610079004e0061006d0065000565006d00610069006c00');

INSERT INTO [schema].conflict VALUES (1, '00004e21-000b-000c-0807-060504030221', 0, '00001eef-001f-0001-0102-030405060708', '00000001-000b-000c-0807-060504030201', '\x010b64006900730070006c00610079004e0061006d0065000001046c00650066007400010572006900670068007400', 639079488600000000, 0, NULL, true, NULL);

INSERT INTO [schema].coupling VALUES (1, '00001eef-001f-0001-0102-030405060708', '00000001-000b-000c-0807-060504030201', 1, -2, 1772352001, 1, '\x010b2bf894fe72f36e3c2cf894fe72f36e3c2df894fe72f36e3c');
INSERT INTO [schema].coupling VALUES (1, '00003dde-003e-0002-0102-030405060708', '00000002-000b-000c-0807-060504030202', 2, -3, 1772352002, 1, '\x010b4074df7d2c6da6da4174df7d2c6da6da4274df7d2c6da6da');

INSERT INTO [schema].coupling_store VALUES (1, 'dda0d2e1-3472-4296-8d01-b2ad1dc3d587', 1, NULL, 0);

INSERT INTO [schema].failure VALUES (1, 0, '00001eef-001f-0001-0102-030405060708', 0, 'Transient', 'The service was busy.', NULL, 1, 639079488600000000, 639079488600000000, NULL, NULL, NULL, NULL, '00000000-0000-0000-0000-000000000000', 0, NULL, NULL);

INSERT INTO [schema].intent OVERRIDING SYSTEM VALUE VALUES (1, 1, '00002711-000b-000c-0807-060504030211', 1, 0, '00000001-000b-000c-0807-060504030201', '00001eef-001f-0001-0102-030405060708', 639079488000000001, 1, '\x010b2bf894fe72f36e3c2cf894fe72f36e3c2df894fe72f36e3c', '\x433030303031', NULL);

INSERT INTO [schema].job OVERRIDING SYSTEM VALUE VALUES (1, '00000001-000b-000c-0807-060504030201', 'cronus', 'CUSTOMER', 1, 0, 639079488000000000, 639079488000000000, 0, 'ended', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

INSERT INTO [schema].mapping OVERRIDING SYSTEM VALUE VALUES (1, 'cronus', 'CUSTOMER', 1, 'engine', 639079491000000000, 2, 'here', NULL, NULL, NULL);

INSERT INTO [schema].mapping_override VALUES ('cronus', 'VENDOR', 1, '{}', 639079488000000000);

SELECT pg_catalog.setval('[schema].base_shape_id_seq', 1, true);

SELECT pg_catalog.setval('[schema].intent_sequence_seq', 1, true);

SELECT pg_catalog.setval('[schema].job_error_sequence_seq', 1, false);

SELECT pg_catalog.setval('[schema].job_sequence_seq', 1, true);

SELECT pg_catalog.setval('[schema].mapping_id_seq', 1, true);

ALTER TABLE ONLY [schema].base_shape
    ADD CONSTRAINT base_shape_digest_key UNIQUE (digest);

ALTER TABLE ONLY [schema].base_shape
    ADD CONSTRAINT base_shape_pkey PRIMARY KEY (id);

ALTER TABLE ONLY [schema].coupling_store
    ADD CONSTRAINT coupling_store_pkey PRIMARY KEY (id);

ALTER TABLE ONLY [schema].intent
    ADD CONSTRAINT intent_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY [schema].job_error
    ADD CONSTRAINT job_error_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY [schema].job
    ADD CONSTRAINT job_id_key UNIQUE (id);

ALTER TABLE ONLY [schema].job
    ADD CONSTRAINT job_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY [schema].mapping_override
    ADD CONSTRAINT mapping_override_pkey PRIMARY KEY (scope, mapping);

ALTER TABLE ONLY [schema].mapping
    ADD CONSTRAINT mapping_pkey PRIMARY KEY (id);

ALTER TABLE ONLY [schema].scope
    ADD CONSTRAINT scope_pkey PRIMARY KEY (name);

CREATE UNIQUE INDEX announced_deletion_record ON [schema].announced_deletion USING btree (mapping_id, side, record_id);

CREATE INDEX conflict_age ON [schema].conflict USING btree (mapping_id, detected_on, id);

CREATE INDEX conflict_decided_age ON [schema].conflict USING btree (COALESCE(resolved_on, detected_on)) WHERE ((resolution <> 0) AND has_values);

CREATE UNIQUE INDEX conflict_id ON [schema].conflict USING btree (mapping_id, id);

CREATE INDEX conflict_open_age ON [schema].conflict USING btree (mapping_id, detected_on, id) WHERE (resolution = 0);

CREATE INDEX conflict_open_pair ON [schema].conflict USING btree (mapping_id, local_id, integration_id) WHERE (resolution = 0);

CREATE UNIQUE INDEX coupling_integration ON [schema].coupling USING btree (mapping_id, integration_id);

CREATE UNIQUE INDEX coupling_local ON [schema].coupling USING btree (mapping_id, local_id);

CREATE INDEX failure_age ON [schema].failure USING btree (mapping_id, first_failed_on, side, record_id);

CREATE UNIQUE INDEX failure_record ON [schema].failure USING btree (mapping_id, side, record_id);

CREATE UNIQUE INDEX intent_id ON [schema].intent USING btree (mapping_id, id);

CREATE INDEX job_age ON [schema].job USING btree (scope, started_on);

CREATE INDEX job_error_job ON [schema].job_error USING btree (job_id, occurred_on);

CREATE UNIQUE INDEX mapping_key ON [schema].mapping USING btree (scope, name);
