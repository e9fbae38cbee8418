import { assert, assertRefused, createAccounts, run } from "./checks.mjs";

await run({
  async "the client finds out who it is"(api) {
    const me = await api.callFunction("WhoAmI");
    for (const id of [me.UserId, me.BusinessUnitId, me.OrganizationId]) {
      assert.match(id, /^[0-9a-f-]{36}$/);
    }
  },

  async "the organization describes itself"(api) {
    const current = await api.callFunction({ name: "RetrieveCurrentOrganization", parameters: { AccessType: "Default" } });
    assert.equal(current.Detail.OrganizationId, (await api.callFunction("WhoAmI")).OrganizationId);
    assert.ok(current.Detail.Endpoints.Keys.includes("OrganizationDataService"));
  },

  async "rows are counted by a function whose parameter is an alias"(api) {
    await createAccounts(api, 3);
    const counted = await api.callFunction({ name: "RetrieveTotalRecordCount", parameters: { EntityNames: ["account"] } });
    const { Keys, Values } = counted.EntityRecordCountCollection;
    assert.deepEqual(Keys, ["account"]);
    assert.ok(Values[0] >= 3);
  },

  async "the version is told"(api) {
    assert.match((await api.callFunction("RetrieveVersion")).Version, /^9\./);
  },

  async "a function that does not exist is not found"(api) {
    await assertRefused(() => api.callFunction("CountTheStars"), 404);
  },
});
