import { assert, assertRefused, connect, createAccounts, run } from "./checks.mjs";

await run({
  async "tables are listed and filtered"(api) {
    const all = await api.retrieveEntities({ select: ["LogicalName", "EntitySetName"] });
    assert.ok(all.value.some((table) => table.LogicalName === "account" && table.EntitySetName === "accounts"));
    const shown = await api.retrieveEntities({ select: ["LogicalName"], filter: "IsPrivate eq false" });
    assert.ok(shown.value.some((table) => table.LogicalName === "contact"));
    const one = await api.retrieveEntities({ select: ["LogicalName"], filter: "LogicalName eq 'account'" });
    assert.deepEqual(one.value.map((table) => table.LogicalName), ["account"]);
  },

  async "a table is read by its id and by its name"(api) {
    const byName = await api.retrieveEntity({ key: "LogicalName='account'", select: ["LogicalName", "MetadataId", "PrimaryIdAttribute"] });
    assert.equal(byName.PrimaryIdAttribute, "accountid");
    const byId = await api.retrieveEntity({ key: byName.MetadataId, select: ["LogicalName"] });
    assert.equal(byId.LogicalName, "account");
  },

  async "columns are listed, cast, and read alone"(api) {
    const entityKey = "LogicalName='account'";
    const all = await api.retrieveAttributes({ entityKey, select: ["LogicalName", "AttributeType"] });
    assert.ok(all.value.some((column) => column.LogicalName === "name" && column.AttributeType === "String"));
    const texts = await api.retrieveAttributes({
      entityKey, castType: "Microsoft.Dynamics.CRM.StringAttributeMetadata", select: ["LogicalName", "MaxLength"], filter: "LogicalName eq 'name'",
    });
    assert.deepEqual(texts.value.map((column) => column.MaxLength), [160]);
    const choice = await api.retrieveAttribute({
      entityKey, attributeKey: "LogicalName='customertypecode'", castType: "Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
      select: ["LogicalName"], expand: [{ property: "OptionSet" }],
    });
    assert.ok(choice.OptionSet.Options.some((option) => option.Value === 3 && option.Label.UserLocalizedLabel.Label === "Customer"));
  },

  async "a table comes with its columns"(api) {
    const table = await api.retrieveEntity({
      key: "LogicalName='contact'", select: ["LogicalName"],
      expand: [{ property: "Attributes", select: ["LogicalName"], filter: "LogicalName eq 'lastname'" }],
    });
    assert.deepEqual(table.Attributes.map((column) => column.LogicalName), ["lastname"]);
  },

  async "relationships are listed, cast, and read alone"(api) {
    const castType = "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata";
    const all = await api.retrieveRelationships({ select: ["SchemaName", "MetadataId"] });
    const parent = all.value.find((relationship) => relationship.SchemaName === "contact_customer_accounts");
    assert.notEqual(parent, undefined);
    const cast = await api.retrieveRelationships({ castType, select: ["SchemaName", "ReferencedEntity"], filter: "ReferencedEntity eq 'account'" });
    assert.ok(cast.value.every((relationship) => relationship.ReferencedEntity === "account"));
    const one = await api.retrieveRelationship({ key: parent.MetadataId, castType, select: ["ReferencingEntity"] });
    assert.equal(one.ReferencingEntity, "contact");
  },

  async "global choices are listed and read alone"(api) {
    const all = await api.retrieveGlobalOptionSets({ select: ["Name"] });
    assert.ok(Array.isArray(all.value));
    for (const { Name } of all.value.slice(0, 3)) {
      const one = await api.retrieveGlobalOptionSet({ key: `Name='${Name}'`, castType: "Microsoft.Dynamics.CRM.OptionSetMetadata", select: ["Name"] });
      assert.equal(one.Name, Name);
    }
  },

  async "the metadata document names the tables and what they track"(api) {
    const csdl = await api.retrieveCsdlMetadata({ addAnnotations: true });
    assert.match(csdl, /<EntityType Name="account"/);
    assert.match(csdl, /ChangeTracking/);
  },

  async "collections are found by the names of their tables"() {
    const api = connect({ useEntityNames: true });
    const [key] = await createAccounts(api, 1);
    assert.equal((await api.retrieve({ collection: "account", key, select: ["name"] })).name, "Account 000");
  },

  async "a table that does not exist is refused"(api) {
    await assertRefused(() => api.retrieveEntity({ key: "LogicalName='planet'" }), 404);
  },
});
