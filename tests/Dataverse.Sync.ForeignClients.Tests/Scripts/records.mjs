import { randomUUID } from "node:crypto";
import { assert, assertRefused, connect, createAccounts, run } from "./checks.mjs";

const collection = "accounts";

await run({
  async "a record is created, read, changed, and deleted"(api) {
    const key = await api.create({ collection, data: { name: "Adatum", creditlimit: 12.5 } });
    const read = await api.retrieve({ collection, key, select: ["name", "creditlimit"] });
    assert.equal(read.name, "Adatum");
    assert.equal(read.creditlimit, 12.5);
    assert.equal(await api.update({ collection, key, data: { name: "Fabrikam" } }), true);
    assert.equal((await api.retrieve({ collection, key, select: ["name"] })).name, "Fabrikam");
    await api.deleteRecord({ collection, key });
    await assertRefused(() => api.retrieve({ collection, key }), 404, "0x80040217");
  },

  async "a created record is returned on request"(api) {
    const created = await api.create({ collection, data: { name: "Litware" }, returnRepresentation: true, select: ["name"] });
    assert.equal(created.name, "Litware");
    assert.match(created.accountid, /^[0-9a-f-]{36}$/);
  },

  async "a changed record is returned on request"(api) {
    const [key] = await createAccounts(api, 1);
    const changed = await api.update({ collection, key, data: { name: "Contoso" }, returnRepresentation: true, select: ["name"] });
    assert.equal(changed.name, "Contoso");
    assert.equal(changed.accountid, key);
  },

  async "an update of a missing record creates nothing"(api) {
    const key = randomUUID();
    await assertRefused(() => api.update({ collection, key, data: { name: "A" } }), 404, "0x80040217");
    await assertRefused(() => api.retrieve({ collection, key }), 404);
  },

  async "an upsert creates a missing record and changes an existing one"(api) {
    const key = randomUUID();
    await api.upsert({ collection, key, data: { name: "A" } });
    await api.upsert({ collection, key, data: { name: "B" } });
    assert.equal((await api.retrieve({ collection, key, select: ["name"] })).name, "B");
  },

  async "an upsert is prevented by its conditions"(api) {
    const key = randomUUID();
    assert.equal(await api.upsert({ collection, key, data: { name: "A" }, ifmatch: "*" }), null);
    await api.upsert({ collection, key, data: { name: "A" } });
    assert.equal(await api.upsert({ collection, key, data: { name: "B" }, ifnonematch: "*" }), null);
    assert.equal((await api.retrieve({ collection, key, select: ["name"] })).name, "A");
  },

  async "a version that is outdated protects the record"(api) {
    const [key] = await createAccounts(api, 1);
    const before = await api.retrieve({ collection, key, select: ["name"] });
    await api.update({ collection, key, data: { name: "A" } });
    assert.equal(await api.update({ collection, key, data: { name: "B" }, ifmatch: before["@odata.etag"] }), false);
    assert.equal(await api.deleteRecord({ collection, key, ifmatch: before["@odata.etag"] }), false);
    const after = await api.retrieve({ collection, key, select: ["name"] });
    assert.equal(after.name, "A");
    assert.equal(await api.update({ collection, key, data: { name: "C" }, ifmatch: after["@odata.etag"] }), true);
  },

  async "an unchanged record is not read again"(api) {
    const [key] = await createAccounts(api, 1);
    const read = await api.retrieve({ collection, key, select: ["name"] });
    assert.equal(await api.retrieve({ collection, key, select: ["name"], ifnonematch: read["@odata.etag"] }), undefined);
  },

  async "a single property is changed, read, and cleared"(api) {
    const [key] = await createAccounts(api, 1);
    await api.updateSingleProperty({ collection, key, fieldValuePair: { telephone1: "1" } });
    assert.equal((await api.retrieve({ collection, key, select: ["telephone1"] })).telephone1, "1");
    await api.deleteRecord({ collection, key, property: "telephone1" });
    assert.equal((await api.retrieve({ collection, key, select: ["telephone1"] })).telephone1, null);
  },

  async "a chosen key is kept and not taken twice"(api) {
    const accountid = randomUUID();
    assert.equal(await api.create({ collection, data: { accountid, name: "A" } }), accountid);
    await assertRefused(() => api.create({ collection, data: { accountid, name: "B" } }), 412, "0x80040237");
  },

  async "a nested record is created with its parent"(api) {
    const key = await api.create({ collection, data: { name: "A", primarycontactid: { firstname: "Ann", lastname: "Lee" } } });
    const read = await api.retrieve({ collection, key, expand: [{ property: "primarycontactid", select: ["fullname"] }] });
    assert.equal(read.primarycontactid.fullname, "Ann Lee");
  },

  async "formatted values and names of lookups come on request"(api) {
    const contactid = await api.create({ collection: "contacts", data: { lastname: "Lee" } });
    const key = await api.create({
      collection,
      data: { name: "A", customertypecode: 3, "primarycontactid@odata.bind": `/contacts(${contactid})` },
    });
    const read = await api.retrieve({ collection, key, includeAnnotations: "*", select: ["customertypecode", "_primarycontactid_value"] });
    assert.equal(read["customertypecode@OData.Community.Display.V1.FormattedValue"], "Customer");
    assert.equal(read.customertypecode_Formatted, "Customer");
    assert.equal(read._primarycontactid_value_LogicalName, "contact");
    assert.equal(read._primarycontactid_value_NavigationProperty, "primarycontactid");
  },

  async "a record of a navigation property is read"(api) {
    const key = await api.create({ collection, data: { name: "A", primarycontactid: { lastname: "Lee" } } });
    const read = await api.retrieve({ collection, key, navigationProperty: "primarycontactid", select: ["lastname"] });
    assert.equal(read.lastname, "Lee");
  },

  async "an unknown column is refused"(api) {
    await assertRefused(() => api.create({ collection, data: { colour: "red" } }), 400, "0x80048d19");
  },

  async "an impersonated user is the one who changes the record"(api) {
    const [user] = (await api.retrieveMultiple({ collection: "systemusers", select: ["systemuserid"], filter: "isdisabled eq false" })).value;
    const key = await api.create({ collection, data: { name: "A" }, impersonate: user.systemuserid });
    const read = await api.retrieve({ collection, key, select: ["_createdby_value"] });
    assert.equal(read._createdby_value, user.systemuserid);
  },

  async "tags, headers, and options of the client do no harm"() {
    const api = connect({ includeAnnotations: "*", maxPageSize: 3, returnRepresentation: true, headers: { "X-Client": "checks" } });
    const created = await api.create({ collection, data: { name: "A" }, tag: "checks", duplicateDetection: true, bypassCustomPluginExecution: true });
    assert.equal(created.name, "A");
    assert.equal((await api.retrieve({ collection, key: created.accountid, noCache: true })).name, "A");
  },

  async "the other versions of the api answer alike"() {
    for (const version of ["9.0", "9.1"]) {
      const api = connect({ dataApi: { version } });
      const [key] = await createAccounts(api, 1);
      const read = await api.retrieve({ collection, key, select: ["name"] });
      assert.match(read["@odata.context"], new RegExp(`/api/data/v${version}/`));
    }
  },
});
