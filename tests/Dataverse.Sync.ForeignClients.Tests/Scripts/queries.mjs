import { assert, assertRefused, createAccounts, run } from "./checks.mjs";

const collection = "accounts";

await run({
  async "rows are filtered, ordered, and selected"(api) {
    await createAccounts(api, 5, { address1_city: "Atlanta" });
    const read = await api.retrieveMultiple({
      collection, select: ["name"], filter: "address1_city eq 'ATLANTA' and contains(name,'00')", orderBy: ["name desc"], top: 2,
    });
    assert.deepEqual(read.value.map((row) => row.name), ["Account 004", "Account 003"]);
  },

  async "quotes and signs of a filter arrive"(api) {
    const name = "O'Hara & Sons + 100% #1";
    const key = await api.create({ collection, data: { name } });
    const read = await api.retrieveMultiple({ collection, select: ["name"], filter: `name eq '${name.replace("'", "''")}'` });
    assert.deepEqual(read.value.map((row) => row.accountid), [key]);
  },

  async "identifiers in braces are found"(api) {
    const [key] = await createAccounts(api, 1);
    const read = await api.retrieveMultiple({ collection, select: ["name"], filter: `accountid eq {${key}}` });
    assert.equal(read.value.length, 1);
  },

  async "pages are followed by their links"(api) {
    await createAccounts(api, 7, { address1_city: "Berlin" });
    const request = { collection, select: ["name"], filter: "address1_city eq 'Berlin'", maxPageSize: 3 };
    const first = await api.retrieveMultiple(request);
    assert.equal(first.value.length, 3);
    const second = await api.retrieveMultiple(request, first.oDataNextLink);
    assert.equal(second.value.length, 3);
    const third = await api.retrieveMultiple(request, second.oDataNextLink);
    assert.equal(third.value.length, 1);
    assert.equal(third.oDataNextLink, undefined);
    assert.equal((await api.retrieveAll(request)).value.length, 7);
  },

  async "rows are counted"(api) {
    await createAccounts(api, 4, { address1_city: "Cairo" });
    const filter = "address1_city eq 'Cairo'";
    assert.equal(await api.count({ collection, filter }), 4);
    assert.equal(await api.countAll({ collection, filter, select: ["name"] }), 4);
    const read = await api.retrieveMultiple({ collection, select: ["name"], filter, count: true });
    assert.equal(read.oDataCount, 4);
    assert.ok(await api.count({ collection }) >= 4);
  },

  async "related rows come with their parent"(api) {
    const key = await api.create({
      collection,
      data: { name: "Parent", contact_customer_accounts: [{ lastname: "One" }, { lastname: "Two" }] },
    });
    const read = await api.retrieve({
      collection, key, select: ["name"],
      expand: [{ property: "contact_customer_accounts", select: ["lastname"], orderBy: ["lastname desc"], top: 1 }],
    });
    assert.deepEqual(read.contact_customer_accounts.map((row) => row.lastname), ["Two"]);
    const many = await api.retrieveMultiple({
      collection, filter: `accountid eq ${key}`, select: ["name"], expand: [{ property: "contact_customer_accounts", select: ["lastname"] }],
    });
    assert.equal(many.value[0].contact_customer_accounts.length, 2);
  },

  async "rows are filtered by a related row and by related rows"(api) {
    await api.create({ collection, data: { name: "With", primarycontactid: { lastname: "Zeta" } } });
    await api.create({ collection, data: { name: "Any", contact_customer_accounts: [{ lastname: "Eta" }] } });
    const single = await api.retrieveMultiple({ collection, select: ["name"], filter: "primarycontactid/lastname eq 'Zeta'" });
    assert.deepEqual(single.value.map((row) => row.name), ["With"]);
    const any = await api.retrieveMultiple({ collection, select: ["name"], filter: "contact_customer_accounts/any(c:c/lastname eq 'Eta')" });
    assert.deepEqual(any.value.map((row) => row.name), ["Any"]);
  },

  async "query functions select rows"(api) {
    const ids = await createAccounts(api, 3, { address1_city: "Delft" });
    const chosen = ids.slice(0, 2).map((id) => `'${id}'`).join(",");
    const within = await api.retrieveMultiple({
      collection, select: ["name"], filter: `Microsoft.Dynamics.CRM.In(PropertyName='accountid',PropertyValues=[${chosen}])`,
    });
    assert.equal(within.value.length, 2);
    const recent = await api.retrieveMultiple({
      collection, select: ["name"],
      filter: "address1_city eq 'Delft' and Microsoft.Dynamics.CRM.LastXHours(PropertyName='createdon',PropertyValue=1)",
    });
    assert.equal(recent.value.length, 3);
    const own = await api.retrieveMultiple({
      collection, select: ["name"], filter: "address1_city eq 'Delft' and Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')",
    });
    assert.equal(own.value.length, 3);
  },

  async "options beyond those of the client are honoured or refused"(api) {
    await assertRefused(() => api.retrieveMultiple({ collection, select: ["name"], queryParams: ["$skip=1"] }), 400);
    await assertRefused(() => api.retrieveMultiple({ collection, select: ["name"], queryParams: ["$search=a"] }), 400);
  },

  async "an unknown column is refused"(api) {
    await assertRefused(() => api.retrieveMultiple({ collection, select: ["colour"] }), 400, "0x80060888");
    await assertRefused(() => api.retrieveMultiple({ collection, filter: "colour eq 'red'" }), 400, "0x80060888");
  },

  async "an unknown table is not found"(api) {
    await assertRefused(() => api.retrieveMultiple({ collection: "planets" }), 404, "0x8006088a");
  },
});
