import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { exportPerson } from "../adapters/person-export.ts";
import { sweepFiles } from "../adapters/retention-sweep.ts";
import { withUpkeepLock } from "../adapters/upkeep-lock.ts";
import type { OfficeStore } from "../compose.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { localDay } from "../model/time.ts";
import { erasePerson } from "../pipeline/erase-person.ts";
import type { ErasureRemainder, PersonRegistration } from "../pipeline/person-port.ts";
import { personKeysOfIdentity } from "../validate/person-key.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** How a person is named: by a reference, or by a file that says who it is (a command line would show it to everybody). */
export interface PersonChoice {
  readonly registration: string | undefined;
  readonly identityFile: string | undefined;
}

const Identity = z
  .object({
    personalIdentityCode: z.string().optional(),
    dateOfBirth: z.string().optional(),
    surname: z.string().optional(),
    givenNames: z.string().optional(),
    migriCustomerNumber: z.string().optional(),
  })
  .strict();

async function loadIdentity(path: string): Promise<z.infer<typeof Identity>> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new IlmoError("usage", "Expected a readable identity file; the one named cannot be read.", { cause });
  });
  try {
    return Identity.parse(JSON.parse(text));
  } catch (cause) {
    throw new IlmoError(
      "usage",
      "Expected an identity file such as {personalIdentityCode, dateOfBirth, surname, givenNames, migriCustomerNumber}, each a text or left out.",
      { cause },
    );
  }
}

async function findPerson({ persons, hashPerson }: OfficeStore, choice: PersonChoice): Promise<PersonRegistration[]> {
  if (choice.registration !== undefined) return persons.findByRegistration(choice.registration);
  if (choice.identityFile === undefined) throw new IlmoError("usage", "Expected a registration (id or reference) or --identity-file.");
  const keys = personKeysOfIdentity(await loadIdentity(choice.identityFile));
  if (keys.length === 0) throw new IlmoError("usage", "Expected an identity code, or a birth date with names or a customer number.");
  const found = await persons.findByKeys(keys.map(hashPerson));
  if (found.length > 0) return found;
  throw new IlmoError("notFound", "Expected a registration of this person; there is none.");
}

/** `ilmo export-person`: everything that is held of a person, into a folder. @throws notFound, notAllowed, usage */
export async function exportPersonData(
  config: Config,
  terminal: Terminal,
  choice: PersonChoice,
  { out, by }: { readonly out: string; readonly by: string | undefined },
): Promise<void> {
  await withOffice(config, async (office) => {
    const { persons, store, blobs } = office;
    const registrations = await findPerson(office, choice);
    const actor = by ?? userInfo().username;
    for (const { id } of registrations)
      await store.audit({ actor, action: "registration.personExported", registrationId: id, detail: null });
    const folder = resolve(out);
    const { files, withheld } = await exportPerson({
      registrations,
      tables: await persons.collect(registrations),
      store,
      blobs,
      folder,
      exportedAt: new Date().toISOString(),
      onProgress: terminal.progress,
    });
    terminal.progressDone();
    const references = registrations.map(({ reference }) => reference);
    terminal.line(`${references.join(" ")}: ${files.length} files in ${folder}`);
    for (const sentence of withheld) terminal.line(`withheld: ${sentence}`);
    terminal.line("Not in it: rosters and import files, which show other persons too, and backups.");
    terminal.json({ folder, references, files: files.length, withheld });
  });
}

const REMAINDERS: Readonly<Record<ErasureRemainder["kind"], (what: string) => string>> = {
  sharedOriginal: (what) => `the scan of submission ${what} shows other persons too and stays until their time is over`,
  mailboxCopy: (what) => `the mail server still has the message that ${what}: delete it there`,
  importFile: (what) => `import file ${what} stays until its time is over`,
  otherRosters: (what) => `${what} may name the person until it is printed anew or its time is over`,
  logs: (what) => `log entries of ${what}: who did what and when, with no name in them`,
};

/**
 * `ilmo erase-person`: erases what is held of a person, or says why not.
 *
 * @throws notAllowed for what is held, unfinished, or handed over and not forced; notFound
 */
export async function erasePersonData(
  config: Config,
  terminal: Terminal,
  choice: PersonChoice,
  decision: { readonly by: string; readonly reason: string; readonly isForced: boolean },
): Promise<void> {
  await withOffice(config, async (office) => {
    const { store, persons, retention, databaseUrl } = office;
    const registrations = await findPerson(office, choice);
    const now = new Date();
    const { remainders, swept } = await withUpkeepLock(databaseUrl, async () => ({
      remainders: await erasePerson(registrations, decision, { store, persons, today: localDay(now) }),
      swept: await sweepFiles({ config, store: retention, now }),
    }));
    const references = registrations.map(({ reference }) => reference);
    terminal.line(`${references.join(" ")} erased; ${swept.originals} originals and ${swept.papers} papers removed.`);
    terminal.line(formatTable([["what stays"], ...remainders.map(({ kind, what }) => [REMAINDERS[kind](what)])]));
    terminal.line("Blobs that came in less than 6 hours ago leave the disk with the next retention run.");
    terminal.line(
      `Backups still hold it: delete those older than ${config.retention.backups} days as usual, and do not restore older ones.`,
    );
    terminal.json({ references, swept, remainders, backupsDays: config.retention.backups });
  });
}
