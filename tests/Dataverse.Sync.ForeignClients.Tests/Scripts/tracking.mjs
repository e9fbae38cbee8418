import { assert, createAccounts, run } from "./checks.mjs";

const collection = "accounts";

await run({
  async "changes and deletions follow the first read"(api) {
    const [changed, deleted] = await createAccounts(api, 2);
    let link = await lastLink(api);
    await api.update({ collection, key: changed, data: { name: "New" } });
    await api.deleteRecord({ collection, key: deleted });
    const changes = await api.retrieveMultiple({ collection, select: ["name"] }, link);
    assert.deepEqual(changes.value.filter((row) => !row.reason).map((row) => [row.accountid, row.name]), [[changed, "New"]]);
    assert.deepEqual(changes.value.filter((row) => row.reason).map((row) => [row.id, row.reason]), [[deleted, "deleted"]]);
    assert.notEqual(changes.oDataDeltaLink, undefined);
    const nothing = await api.retrieveMultiple({ collection, select: ["name"] }, changes.oDataDeltaLink);
    assert.deepEqual(nothing.value, []);
  },

  async "the link comes with the last of several pages"(api) {
    await createAccounts(api, 5);
    const request = { collection, select: ["name"], trackChanges: true, maxPageSize: 2 };
    let page = await api.retrieveMultiple(request);
    const ids = page.value.map((row) => row.accountid);
    while (page.oDataNextLink) {
      assert.equal(page.oDataDeltaLink, undefined);
      page = await api.retrieveMultiple(request, page.oDataNextLink);
      ids.push(...page.value.map((row) => row.accountid));
    }

    assert.notEqual(page.oDataDeltaLink, undefined);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length >= 5);
  },

  async "all pages together carry the link"(api) {
    await createAccounts(api, 3);
    const all = await api.retrieveAll({ collection, select: ["name"], trackChanges: true, maxPageSize: 2 });
    assert.notEqual(all.oDataDeltaLink, undefined);
  },
});

async function lastLink(api) {
  return (await api.retrieveMultiple({ collection, select: ["name"], trackChanges: true })).oDataDeltaLink;
}
