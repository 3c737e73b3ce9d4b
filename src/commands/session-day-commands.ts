import { join } from "node:path";
import { createDocumentPrinter } from "../adapters/document-printer.ts";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { isPaperLanguage } from "../documents/paper-language.ts";
import type { DoorListInput } from "../documents/render-door-list.ts";
import { textsOf } from "../documents/texts.ts";
import type { Session } from "../model/session.ts";
import { addDays, localDay } from "../model/time.ts";
import { toDoorSessions } from "../pipeline/door-list-input.ts";
import { issueCalendars, type WrittenCalendar } from "../pipeline/issue-calendars.ts";
import { toFileStem } from "../pipeline/issue-roster.ts";
import { minutesOfDay } from "../sessions/session-times.ts";
import { findSession, parseDay } from "./session-lookup.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

export interface CalendarOptions {
  readonly session?: string;
  readonly out?: string;
}

const languageNameOf = (language: string): string => (isPaperLanguage(language) ? textsOf("fi").plain(`languages.${language}`) : language);

/** `ilmo sessions calendar`: writes .ics files for hosts and interpreters of coming sessions, where something changed. @throws notFound */
export async function writeCalendars(config: Config, terminal: Terminal, options: CalendarOptions): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const chosen = options.session === undefined ? null : await findSession(store, options.session);
    const sessions = chosen === null ? (await store.listSessions({ from: localDay(new Date()) })).toSorted(compareStarts) : [chosen];
    const folder = options.out ?? config.outbox;
    const outbox = {
      write: async (relativePath: string, bytes: Uint8Array): Promise<string> => {
        await writeFileWhole(join(folder, relativePath), bytes);
        return "";
      },
    };
    const written: WrittenCalendar[] = [];
    for (const [index, session] of sessions.entries()) {
      terminal.progress(`${index + 1} of ${sessions.length} sessions`);
      written.push(...(await issueCalendars(session, { store, outbox, office: config.office, languageNameOf })));
    }
    terminal.progressDone();
    const rows = written.map(({ sessionId, role, sequence, isCancelled, relativePath }) => [
      sessionId,
      role,
      isCancelled ? "cancelled" : sequence === 0 ? "new" : `change ${sequence}`,
      relativePath,
    ]);
    if (rows.length === 0) terminal.line("Nothing to write: every host and interpreter has been told what there is.");
    else terminal.line(formatTable([["session", "for", "what", "file"], ...rows]));
    terminal.json(written);
  });
}

const compareStarts = (one: Session, other: Session): number =>
  one.date.localeCompare(other.date) || minutesOfDay(one.time) - minutesOfDay(other.time);

/** Sessions of a day by their place. */
function byPlace(sessions: readonly Session[]): Map<string, Session[]> {
  const places = new Map<string, Session[]>();
  for (const session of sessions.toSorted(compareStarts)) places.set(session.place, [...(places.get(session.place) ?? []), session]);
  return places;
}

/** Days after the session until the list is destroyed, as for rosters. */
const KEPT_DAYS = 30;

/** `ilmo sessions door-list --date`: one list a place for whoever shows people the way; no names. @throws usage, documentGateFailed */
export async function printDoorLists(
  config: Config,
  terminal: Terminal,
  options: { readonly date: string; readonly language?: string },
): Promise<void> {
  const date = parseDay(options.date);
  const today = localDay(new Date());
  await withOffice(config, async ({ store }) => {
    const sessions = (await store.listSessions({ from: date })).filter((session) => session.date === date && session.state !== "cancelled");
    const printer = createDocumentPrinter(config);
    const files: string[] = [];
    try {
      for (const [place, here] of byPlace(sessions)) {
        terminal.progress(`${files.length + 1} of ${byPlace(sessions).size} places`);
        const language: DoorListInput["language"] = options.language === "sv" ? "sv" : "fi";
        const destroyBy = addDays(date, KEPT_DAYS);
        const { bytes } = await printer.doorList({
          language,
          date,
          place,
          printedOn: today,
          destroyBy,
          sessions: await toDoorSessions(here, store),
        });
        const relativePath = `door-lists/${date}-${toFileStem(place)}.pdf`;
        await writeFileWhole(join(config.outbox, relativePath), bytes);
        files.push(relativePath);
      }
    } finally {
      await printer.close();
    }
    terminal.progressDone();
    terminal.line(files.length === 0 ? `No sessions on ${date}.` : files.join("\n"));
    terminal.json({ date, files });
  });
}
