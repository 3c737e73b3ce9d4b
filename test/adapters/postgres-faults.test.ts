import { describe, expect, it } from "vitest";
import { toDatabaseFault } from "../../src/adapters/postgres-faults.ts";
import { IlmoError } from "../../src/errors.ts";

const withCode = (code: string, message = "Key (name)=(Matkalainen) exists."): Error => Object.assign(new Error(message), { code });

describe("toDatabaseFault", () => {
  it.each([
    ["ECONNREFUSED", "databaseUnavailable"],
    ["ENOENT", "databaseUnavailable"],
    ["57P01", "databaseUnavailable"],
    ["57P03", "databaseUnavailable"],
    ["08006", "databaseUnavailable"],
    ["53300", "databaseUnavailable"],
    ["53100", "storageUnavailable"],
    ["57014", "unexpected"],
    ["23505", "unexpected"],
  ])("takes %s for %s and keeps the row's values out", (code, fault) => {
    const error = toDatabaseFault(withCode(code));
    expect(error).toMatchObject({ code: fault, context: { sqlState: code } });
    expect(error.message).not.toContain("Matkalainen");
    expect(error.cause).toBeUndefined();
  });

  it("knows a broken connection that carries no code", () => {
    expect(toDatabaseFault(new Error("Connection terminated unexpectedly")).code).toBe("databaseUnavailable");
    expect(toDatabaseFault("nonsense").code).toBe("unexpected");
  });

  it("leaves a fault of our own as it is", () => {
    const own = new IlmoError("notFound", "Expected a registration.");
    expect(toDatabaseFault(own)).toBe(own);
  });
});
