-- A coupling file as version 6 made it. It stays as it is: every later version must open it.
PRAGMA application_id = 1146508121;
PRAGMA user_version = 6;
CREATE TABLE base_shape (
    id INTEGER PRIMARY KEY,
    field_mappings BLOB NOT NULL UNIQUE);
INSERT INTO base_shape VALUES(1,X'03066e0075006d006200650072000b64006900730070006c00610079004e0061006d0065000565006d00610069006c00');
CREATE TABLE conflict (
    mapping_id INTEGER NOT NULL,
    id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    local_id BLOB NOT NULL,
    integration_id BLOB NOT NULL,
    fields BLOB NOT NULL,
    detected_on INTEGER NOT NULL,
    resolution INTEGER NOT NULL,
    resolved_on INTEGER, has_values INTEGER NOT NULL DEFAULT 1);
INSERT INTO "conflict" VALUES(1,X'06050403022108070c000b00214e0000',0,X'030405060708010201001f00ef1e0000',X'06050403020108070c000b0001000000',X'010b64006900730070006c00610079004e0061006d0065000001046c00650066007400010572006900670068007400',639079488600000000,0,NULL,1);
INSERT INTO "conflict" VALUES(1,X'06050403022208070c000b00224e0000',0,X'030405060708010202003e00de3d0000',X'06050403020208070c000b0002000000',X'010b64006900730070006c00610079004e0061006d0065000001046c00650066007400010572006900670068007400',639079489200000000,1,639079491000000000,1);
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
INSERT INTO coupling VALUES(1,1,X'030405060708010201001f00ef1e0000',X'06050403020108070c000b0001000000',1,-2,1772352001,1,X'010b2bf894fe72f36e3c2cf894fe72f36e3c2df894fe72f36e3c');
INSERT INTO coupling VALUES(2,1,X'030405060708010202003e00de3d0000',X'06050403020208070c000b0002000000',2,-3,NULL,NULL,NULL);
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
    awaited_mappings TEXT,
    awaited_side INTEGER,
    awaited_id BLOB,
    job_id BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 0, awaited_alternatives TEXT, candidates BLOB);
INSERT INTO failure VALUES(1,0,X'030405060708010201001f00ef1e0000',0,'Transient','The service was busy.',NULL,1,639079488600000000,639079489200000000,NULL,NULL,NULL,NULL,X'00000000000000000000000000000000',7,NULL,NULL);
INSERT INTO failure VALUES(1,0,X'030405060708010202003e00de3d0000',1,'ReferenceNotCoupled','The customer is not coupled yet.','customerId',1,639079489200000000,639079489800000000,639079493400000000,'["CUSTOMER"]',0,X'03040506070801020c00740134730100',X'00000000000000000000000000000000',4,NULL,NULL);
INSERT INTO failure VALUES(1,0,X'030405060708010203005d00cd5c0000',1,'ReferenceNotCoupled','The account is not coupled yet.','accountId',1,639079489800000000,639079490400000000,639079493400000000,'["CUSTOMER","VENDOR","CUSTOMER|VENDOR"]',0,X'03040506070801020d00930123920100',X'00000000000000000000000000000000',0,NULL,NULL);
INSERT INTO failure VALUES(1,0,X'030405060708010204007c00bc7b0000',1,'ReferenceNotCoupled','The salesperson is not coupled yet.','ownerId',1,639079490400000000,639079491000000000,639079493400000000,'["SALES","PEOPLE","SALES|PEOPLE"]',0,X'03040506070801020e00b20112b10100',X'030405060708010201001f00ef1e0000',0,NULL,NULL);
INSERT INTO failure VALUES(1,0,X'030405060708010205009b00ab9a0000',1,'ReferenceNotCoupled','The owner is not coupled yet.','ownerId',1,639079491000000000,639079491600000000,NULL,'["A \"quoted\", \\ and "," name 😀","A \"quoted\", \\ and | name 😀"]',0,X'03040506070801020f00d10101d00100',X'00000000000000000000000000000000',0,NULL,NULL);
INSERT INTO failure VALUES(1,0,X'03040506070801020600ba009ab90000',0,'ConcurrentModification','The record was changed during every attempt.',NULL,3,639079491600000000,639079492200000000,NULL,NULL,NULL,NULL,X'00000000000000000000000000000000',9223372036854775807,NULL,NULL);
CREATE TABLE file (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            identity BLOB NOT NULL,
            writes INTEGER NOT NULL,
            key_id BLOB,
            needs_vacuum INTEGER NOT NULL);
INSERT INTO file VALUES(1,X'0102030405060708090a0b0c0d0e0f10',0,NULL,0);
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
    business_key TEXT, send_before INTEGER);
INSERT INTO intent VALUES(1,1,X'06050403021108070c000b0011270000',1,0,X'06050403020108070c000b0001000000',X'030405060708010201001f00ef1e0000',639079488000000001,1,X'010b2bf894fe72f36e3c2cf894fe72f36e3c2df894fe72f36e3c','C00001',NULL);
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
    conflicted INTEGER NOT NULL, cut_texts INTEGER NOT NULL DEFAULT 0, doubtful INTEGER NOT NULL DEFAULT 0);
INSERT INTO job VALUES(1,X'030405060708010201001f00ef1e0000','cronus','CUSTOMER',1,1,639079488000000000,639079488600000000,1,NULL,2,0,0,0,0,0,0,0,0,0,0);
CREATE TABLE job_error (
    sequence INTEGER PRIMARY KEY,
    job_id BLOB NOT NULL,
    side INTEGER NOT NULL,
    record_id BLOB NOT NULL,
    occurred_on INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    field TEXT);
INSERT INTO job_error VALUES(1,X'030405060708010201001f00ef1e0000',0,X'030405060708010201001f00ef1e0000',639079488000000000,'Transient','The service was busy.',NULL);
INSERT INTO job_error VALUES(2,X'030405060708010201001f00ef1e0000',1,X'06050403020608070c000b0006000000',639079489200000000,'ConcurrentModification','The record was changed during every attempt.','email');
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
INSERT INTO mapping VALUES(1,'cronus','CUSTOMER',1,NULL,639079491000000000,'position',NULL,NULL,NULL);
CREATE UNIQUE INDEX coupling_local ON coupling (mapping_id, local_id);
CREATE UNIQUE INDEX coupling_integration ON coupling (mapping_id, integration_id);
CREATE UNIQUE INDEX intent_id ON intent (mapping_id, id);
CREATE UNIQUE INDEX failure_record ON failure (mapping_id, side, record_id);
CREATE INDEX failure_age ON failure (mapping_id, first_failed_on, side, record_id);
CREATE UNIQUE INDEX conflict_id ON conflict (mapping_id, id);
CREATE INDEX conflict_age ON conflict (mapping_id, detected_on, id);
CREATE INDEX conflict_open_age ON conflict (mapping_id, detected_on, id) WHERE resolution = 0;
CREATE INDEX conflict_open_pair ON conflict (mapping_id, local_id, integration_id) WHERE resolution = 0;
CREATE INDEX job_age ON job (scope, started_on);
CREATE INDEX job_error_job ON job_error (job_id, occurred_on);
CREATE INDEX conflict_decided_age ON conflict (ifnull(resolved_on, detected_on))
            WHERE resolution <> 0 AND has_values = 1;
