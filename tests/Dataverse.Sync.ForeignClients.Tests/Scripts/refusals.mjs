// What the emulator does not do is refused, and never answered wrongly.
import { assertRefused, createAccounts, run } from "./checks.mjs";

const collection = "accounts";

await run({
  async "FetchXML"(api) {
    const fetchXml = '<fetch><entity name="account"><attribute name="name"/></entity></fetch>';
    await assertRefused(() => api.fetch({ collection, fetchXml }), 501);
    await assertRefused(() => api.fetchAll({ collection, fetchXml }), 501);
  },

  async "aggregation"(api) {
    await assertRefused(() => api.retrieveMultiple({ collection, apply: "aggregate($count as number)" }), 501);
  },

  async "files"(api) {
    const document = { collection: "new_documents", property: "new_file" };
    const key = await api.create({ collection: document.collection, data: { new_name: "A" } });
    await assertRefused(() => api.uploadFile({ ...document, key, fileName: "a.txt", data: Buffer.from("a") }), 501);
  },

  async "saved queries"(api) {
    const [key] = await createAccounts(api, 1);
    await assertRefused(() => api.retrieve({ collection, key, savedQuery: "00000000-0000-0000-0000-000000000001" }), 501);
  },

  async "changes of the metadata"(api) {
    await assertRefused(() => api.createEntity({ data: { "@odata.type": "Microsoft.Dynamics.CRM.EntityMetadata", SchemaName: "new_planet" } }), 405);
    await assertRefused(() => api.deleteRelationship({ key: "00000000-0000-0000-0000-000000000001" }), 405);
    await assertRefused(() => api.createGlobalOptionSet({ data: { "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata", Name: "new_set" } }), 405);
  },
});
