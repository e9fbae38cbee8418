import { randomUUID } from "node:crypto";
import { assert, assertRefused, createAccounts, run } from "./checks.mjs";

const collection = "accounts";

await run({
  async "reads and writes share a batch"(api) {
    const [key] = await createAccounts(api, 1);
    api.startBatch();
    api.create({ collection, data: { name: "In a batch" } });
    api.update({ collection, key, data: { name: "Changed" } });
    api.retrieve({ collection, key, select: ["name"], inChangeSet: false });
    api.retrieveMultiple({ collection, select: ["name"], filter: "name eq 'In a batch'", inChangeSet: false });
    const [created, updated, read, found] = await api.executeBatch();
    assert.match(created, /^[0-9a-f-]{36}$/);
    assert.equal(updated, true);
    assert.equal(read.name, "Changed");
    assert.deepEqual(found.value.map((row) => row.accountid), [created]);
  },

  async "a change set is done whole or not at all"(api) {
    const accountid = randomUUID();
    api.startBatch();
    api.create({ collection, data: { accountid, name: "A" } });
    api.create({ collection, data: { accountid, name: "B" } });
    await assert.rejects(() => api.executeBatch());
    await assertRefused(() => api.retrieve({ collection, key: accountid }), 404);
  },

  async "a request refers to an earlier one of its change set"(api) {
    api.startBatch();
    api.create({ collection: "contacts", data: { lastname: "Referred" }, contentId: "1" });
    api.create({ collection, data: { name: "Refers", "primarycontactid@odata.bind": "$1" } });
    const [contact, account] = await api.executeBatch();
    const read = await api.retrieve({ collection, key: account, select: ["_primarycontactid_value"] });
    assert.equal(read._primarycontactid_value, contact);
  },

  async "requests without a change set go on after an error"(api) {
    api.startBatch();
    api.retrieve({ collection, key: randomUUID(), inChangeSet: false });
    api.create({ collection, data: { name: "After the error" }, inChangeSet: false });
    const results = await api.executeBatch({ continueOnError: true }).catch((errors) => errors);
    assert.equal(results.length, 2);
    assert.equal(await api.count({ collection, filter: "name eq 'After the error'" }), 1);
  },

  async "a deletion and a count share a batch"(api) {
    const [key] = await createAccounts(api, 1, { address1_city: "Oslo" });
    api.startBatch();
    api.deleteRecord({ collection, key, inChangeSet: false });
    api.count({ collection, filter: "address1_city eq 'Oslo'", inChangeSet: false });
    const [, count] = await api.executeBatch();
    assert.equal(count, 0);
  },

  async "many rows are created by one message"(api) {
    const names = ["Bulk 1", "Bulk 2", "Bulk 3"];
    const created = await api.callAction({
      collection, actionName: "Microsoft.Dynamics.CRM.CreateMultiple",
      action: { Targets: names.map((name) => ({ "@odata.type": "Microsoft.Dynamics.CRM.account", name })) },
    });
    assert.equal(created.Ids.length, 3);
    await api.callAction({
      collection, actionName: "Microsoft.Dynamics.CRM.UpdateMultiple",
      action: { Targets: created.Ids.map((accountid) => ({ "@odata.type": "Microsoft.Dynamics.CRM.account", accountid, telephone1: "5" })) },
    });
    assert.equal(await api.count({ collection, filter: "telephone1 eq '5'" }), 3);
    await api.callAction({
      collection, actionName: "Microsoft.Dynamics.CRM.UpsertMultiple",
      action: {
        Targets: [
          { "@odata.type": "Microsoft.Dynamics.CRM.account", accountid: created.Ids[0], telephone1: "6" },
          { "@odata.type": "Microsoft.Dynamics.CRM.account", accountid: randomUUID(), telephone1: "6" },
        ],
      },
    });
    assert.equal(await api.count({ collection, filter: "telephone1 eq '6'" }), 2);
  },
});
