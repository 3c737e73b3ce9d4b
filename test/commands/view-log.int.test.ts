import { userInfo } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { showAttendance } from "../../src/commands/attendance-commands.ts";
import { listRegistrations } from "../../src/commands/office-commands.ts";
import { exportPersonData } from "../../src/commands/person-commands.ts";
import type { Terminal } from "../../src/commands/terminal.ts";
import { createSession } from "../adapters/store-inputs.ts";
import { type OfficePlace, openOfficePlace } from "../office-place.ts";

let place: OfficePlace;

const silent: Terminal = { line: () => {}, json: () => {}, progress: () => {}, progressDone: () => {}, isJson: true };

beforeAll(async () => {
  place = await openOfficePlace();
});

afterAll(() => place.remove());

const actions = async (): Promise<{ actor: string; action: string; detail: string | null }[]> =>
  (await place.office.store.listAudit()).map(({ actor, action, detail }) => ({ actor, action, detail }));

describe("commands that show what is held of people", () => {
  it("leave an entry that says who looked, and at how many", async () => {
    const taken = await place.take(["a form"], ["Katsottu"]);
    const session = createSession();
    await place.office.store.upsertSessions([session]);
    await listRegistrations(place.config, silent);
    await showAttendance(place.config, silent, session.id);
    const out = `${place.config.home}/../export`;
    await exportPersonData(
      place.config,
      silent,
      { registration: taken.registrations[0]?.id, identityFile: undefined },
      { out, by: "Virkailija" },
    );
    const { username } = userInfo();
    expect(await actions()).toEqual([
      { actor: username, action: "registrations.listed", detail: "1 shown" },
      { actor: username, action: "attendance.listed", detail: "0 shown" },
      { actor: "Virkailija", action: "registration.personExported", detail: null },
    ]);
  });
});
