// Runs named checks one after the other, each with clients of an emulator, and reports all that fail.
import assert from "node:assert/strict";
import { DynamicsWebApi } from "dynamics-web-api";

const serverUrl = process.argv[2];

export { assert };

export function connect(config = {}) {
  return new DynamicsWebApi({
    serverUrl,
    dataApi: { version: "9.2" },
    onTokenRefresh: async () => "token",
    ...config,
  });
}

export async function run(checks) {
  const failures = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(connect());
    } catch (error) {
      failures.push(`${name}: ${error.stack ?? JSON.stringify(error)}`);
    }
  }

  console.log(`${Object.keys(checks).length} checks, ${failures.length} failed`);
  failures.forEach((failure) => console.log(failure));
  process.exitCode = failures.length === 0 ? 0 : 1;
}

export async function assertRefused(action, status, code) {
  await assert.rejects(action, (error) => {
    assert.equal(error.status, status, `${error.status} ${error.code} ${error.message}`);
    if (code !== undefined) {
      assert.equal(parseInt(error.code, 16), parseInt(code, 16), error.message);
    }

    return true;
  });
}

export async function createAccounts(api, count, data = {}) {
  const ids = [];
  for (let number = 0; number < count; number++) {
    ids.push(await api.create({ collection: "accounts", data: { name: `Account ${String(number).padStart(3, "0")}`, ...data } }));
  }

  return ids;
}
