-- A coupling file as version 11 made it. It stays as it is: every later version must open it.
PRAGMA application_id = 1146508121;
PRAGMA user_version = 11;
CREATE TABLE base_shape (
    id INTEGER PRIMARY KEY,
    field_mappings BLOB NOT NULL UNIQUE);
INSERT INTO base_shape VALUES(1,X'03066E0075006D006200650072000B64006900730070006C00610079004E0061006D0065000565006D00610069006C00');
CREATE TABLE conflict (
    mapping_id INTEGER NOT NULL,
    id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    local_id BLOB NOT NULL,
    integration_id BLOB NOT NULL,
    fields BLOB NOT NULL,
    detected_on INTEGER NOT NULL,
    resolution INTEGER NOT NULL,
    resolved_on INTEGER, has_values INTEGER NOT NULL DEFAULT 1, reason TEXT);
INSERT INTO conflict VALUES(1,X'06050403022108070C000B00214E0000',0,X'030405060708010201001F00EF1E0000',X'06050403020108070C000B0001000000',X'010B64006900730070006C00610079004E0061006D0065000001046C00650066007400010572006900670068007400',639079488600000000,0,NULL,1,NULL);
INSERT INTO conflict VALUES(1,X'06050403022208070C000B00224E0000',0,X'030405060708010202003E00DE3D0000',X'06050403020208070C000B0002000000',X'010B64006900730070006C00610079004E0061006D0065000001046C00650066007400010572006900670068007400',639079489200000000,1,639079491000000000,1,NULL);
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
INSERT INTO coupling VALUES(1,1,X'030405060708010201001F00EF1E0000',X'06050403020108070C000B0001000000',1,-2,1772352001,1,X'010B2BF894FE72F36E3C2CF894FE72F36E3C2DF894FE72F36E3C');
INSERT INTO coupling VALUES(2,1,X'030405060708010202003E00DE3D0000',X'06050403020208070C000B0002000000',2,-3,NULL,NULL,NULL);
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
INSERT INTO failure VALUES(1,0,X'030405060708010201001F00EF1E0000',0,'Transient','The service was busy.',NULL,1,639079488600000000,639079489200000000,NULL,NULL,NULL,NULL,X'00000000000000000000000000000000',7,NULL,NULL);
INSERT INTO failure VALUES(1,0,X'030405060708010202003E00DE3D0000',1,'ReferenceNotCoupled','The customer is not coupled yet.','customerId',1,639079489200000000,639079489800000000,639079493400000000,'["CUSTOMER"]',0,X'03040506070801020C00740134730100',X'00000000000000000000000000000000',4,NULL,NULL);
INSERT INTO failure VALUES(1,0,X'030405060708010203005D00CD5C0000',1,'ReferenceNotCoupled','The account is not coupled yet.','accountId',1,639079489800000000,639079490400000000,639079493400000000,'["CUSTOMER","VENDOR","CUSTOMER|VENDOR"]',0,X'03040506070801020D00930123920100',X'00000000000000000000000000000000',0,NULL,NULL);
INSERT INTO failure VALUES(1,0,X'030405060708010204007C00BC7B0000',1,'ReferenceNotCoupled','The salesperson is not coupled yet.','ownerId',1,639079490400000000,639079491000000000,639079493400000000,'["SALES","PEOPLE","SALES|PEOPLE"]',0,X'03040506070801020E00B20112B10100',X'030405060708010201001F00EF1E0000',0,NULL,NULL);
INSERT INTO failure VALUES(1,0,X'030405060708010205009B00AB9A0000',1,'ReferenceNotCoupled','The owner is not coupled yet.','ownerId',1,639079491000000000,639079491600000000,NULL,'["A \"quoted\", \\ and "," name 😀","A \"quoted\", \\ and | name 😀"]',0,X'03040506070801020F00D10101D00100',X'00000000000000000000000000000000',0,NULL,NULL);
INSERT INTO failure VALUES(1,0,X'03040506070801020600BA009AB90000',0,'ConcurrentModification','The record was changed during every attempt.',NULL,3,639079491600000000,639079492200000000,NULL,NULL,NULL,NULL,X'00000000000000000000000000000000',9223372036854775807,NULL,NULL);
CREATE TABLE file (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            identity BLOB NOT NULL,
            writes INTEGER NOT NULL,
            key_id BLOB,
            needs_vacuum INTEGER NOT NULL);
INSERT INTO file VALUES(1,X'0102030405060708090A0B0C0D0E0F10',0,NULL,0);
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
INSERT INTO intent VALUES(1,1,X'06050403021108070C000B0011270000',1,0,X'06050403020108070C000B0001000000',X'030405060708010201001F00EF1E0000',639079488000000001,1,X'010B2BF894FE72F36E3C2CF894FE72F36E3C2DF894FE72F36E3C','C00001',NULL);
INSERT INTO intent VALUES(2,1,X'06050403021208070C000B0012270000',0,1,X'030405060708010201001F00EF1E0000',X'06050403020108070C000B0001000000',639079488000000002,NULL,NULL,NULL,639079488600000000);
INSERT INTO intent VALUES(3,1,X'06050403021308070C000B0013270000',1,2,X'06050403020208070C000B0002000000',X'030405060708010202003E00DE3D0000',639079488000000003,NULL,NULL,NULL,639079488600000000);
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
INSERT INTO job VALUES(1,X'030405060708010201001F00EF1E0000','cronus','CUSTOMER',1,1,639079488000000000,639079488600000000,1,NULL,2,0,0,0,0,0,0,0,0,0,0);
CREATE TABLE job_error (
    sequence INTEGER PRIMARY KEY,
    job_id BLOB NOT NULL,
    side INTEGER NOT NULL,
    record_id BLOB NOT NULL,
    occurred_on INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    field TEXT);
INSERT INTO job_error VALUES(1,X'030405060708010201001F00EF1E0000',0,X'030405060708010201001F00EF1E0000',639079488000000000,'Transient','The service was busy.',NULL);
INSERT INTO job_error VALUES(2,X'030405060708010201001F00EF1E0000',1,X'06050403020608070C000B0006000000',639079489200000000,'ConcurrentModification','The record was changed during every attempt.','email');
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
CREATE TABLE mapping_override (
    scope TEXT NOT NULL,
    mapping TEXT NOT NULL,
    version INTEGER NOT NULL,
    document TEXT,
    changed_on INTEGER NOT NULL,
    UNIQUE (scope, mapping));
INSERT INTO mapping_override VALUES('cronus','VENDOR',3,'{"version":1,"changes":{"isEnabled":false}}',639079488000000000);
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
            owned_until INTEGER, ownership_duration INTEGER,
            UNIQUE (scope, name));
INSERT INTO job_queue_entry VALUES('cronus','VENDOR','VENDOR',7,0,1,NULL,2,2,639079488000000000,639079487400000000,NULL,NULL,'It failed.','a process',639079488600000000,600000000);
CREATE TABLE scope (
            name TEXT PRIMARY KEY,
            local_id TEXT,
            integration_id TEXT,
            local_identity TEXT,
            integration_identity TEXT,
            tables TEXT,
            revision INTEGER NOT NULL);
CREATE UNIQUE INDEX coupling_local ON coupling (mapping_id, local_id);
CREATE UNIQUE INDEX coupling_integration ON coupling (mapping_id, integration_id);
CREATE TABLE announced_deletion (
    mapping_id INTEGER NOT NULL,
    side INTEGER NOT NULL,
    record_id BLOB NOT NULL,
    announced_on INTEGER NOT NULL);
CREATE UNIQUE INDEX announced_deletion_record ON announced_deletion (mapping_id, side, record_id);
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
