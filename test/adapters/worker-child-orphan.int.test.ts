import { fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";

/** A process that ended and that nobody has asked about yet counts as gone: in a container there may be no one to ask. */
function isAlive(pid: number): boolean {
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "latin1") : "";
  return stat !== "" && !/\) [ZX] /.test(stat);
}

describe("endWithParent", () => {
  it("ends a worker that loops for ever when its parent is killed", async () => {
    const parent = fork(join(import.meta.dirname, "pool-owner-process.ts"), { execArgv: [] });
    const workerId = await new Promise<number>((done) => parent.once("message", (id) => done(Number(id))));
    expect(isAlive(workerId)).toBe(true);
    parent.kill("SIGKILL");
    await vi.waitFor(() => expect(isAlive(workerId)).toBe(false), { timeout: 20_000, interval: 100 });
  });
});
