import { assert, createAccounts, run } from "./checks.mjs";

const collection = "accounts";

await run({
  async "a single-valued link is set and removed"(api) {
    const [primaryKey] = await createAccounts(api, 1);
    const relatedKey = await api.create({ collection: "contacts", data: { lastname: "Lee" } });
    await api.associateSingleValued({ collection, primaryKey, navigationProperty: "primarycontactid", relatedCollection: "contacts", relatedKey });
    assert.equal(await contactOf(api, primaryKey), relatedKey);
    await api.disassociateSingleValued({ collection, primaryKey, navigationProperty: "primarycontactid" });
    assert.equal(await contactOf(api, primaryKey), null);
  },

  async "a row is added to a collection and taken out"(api) {
    const [primaryKey] = await createAccounts(api, 1);
    const relatedKey = await api.create({ collection: "contacts", data: { lastname: "Lee" } });
    const link = { collection, primaryKey, relationshipName: "contact_customer_accounts", relatedKey };
    await api.associate({ ...link, relatedCollection: "contacts" });
    assert.equal(await parentOf(api, relatedKey), primaryKey);
    await api.disassociate(link);
    assert.equal(await parentOf(api, relatedKey), null);
  },

  async "a link is bound and cleared in the body"(api) {
    const contact = await api.create({ collection: "contacts", data: { lastname: "Lee" } });
    const key = await api.create({ collection, data: { name: "A", "primarycontactid@odata.bind": `/contacts(${contact})` } });
    assert.equal(await contactOf(api, key), contact);
    await api.update({ collection, key, data: { "primarycontactid@odata.bind": null } });
    assert.equal(await contactOf(api, key), null);
  },
});

async function contactOf(api, key) {
  return (await api.retrieve({ collection, key, select: ["_primarycontactid_value"] }))._primarycontactid_value;
}

async function parentOf(api, key) {
  return (await api.retrieve({ collection: "contacts", key, select: ["_parentcustomerid_value"] }))._parentcustomerid_value;
}
