import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { localDay } from "../model/time.ts";
import { assertNamed } from "../pipeline/seat-operations.ts";
import { loadSessionContext, loadSessionRules } from "../pipeline/session-context.ts";
import { countStatistics } from "../sessions/count-statistics.ts";
import { proposeMerges } from "../sessions/propose-merges.ts";
import { INFLOW_WEEKS, type LanguageDemand, proposeSessions } from "../sessions/propose-sessions.ts";
import { parseCount, parseDay } from "./session-lookup.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

const UNKNOWN = "(not read)";

function proposalText({ proposal, weeksUntilEnough }: LanguageDemand): string {
  if (proposal !== null) return `${proposal.sessions} new, ${proposal.from} - ${proposal.to}`;
  return weeksUntilEnough === null ? "-" : `enough people in about ${weeksUntilEnough} weeks`;
}

/** `ilmo sessions demand`: who lacks a seat in which language, and the sessions that this calls for. */
export async function showDemand(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const context = await loadSessionContext(store);
    const demand = proposeSessions({ registrations: await store.listDemanders(), ...context, today: localDay(new Date()) });
    const rows = demand.map((item) => [
      item.language ?? UNKNOWN,
      String(item.withoutSeat),
      String(item.waiting),
      item.weeklyInflow.toFixed(1),
      String(item.freeSeats),
      String(item.lacking),
      proposalText(item),
    ]);
    terminal.line(formatTable([["language", "without seat", "waiting", "a week", "free seats", "lacking", "proposal"], ...rows]));
    terminal.line(
      `"a week" is the mean of the last ${INFLOW_WEEKS} weeks; a session is proposed from ${context.rules.minParticipants} people on.`,
    );
    terminal.json(demand);
  });
}

/** `ilmo sessions proposals`: sessions of the next days with too few people, and what may be done. */
export async function showProposals(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const rules = await loadSessionRules(store);
    const counts = await store.countSeats();
    const seated = new Map([...counts].map(([id, { booked, walkIns, held }]) => [id, booked + walkIns + held] as const));
    const today = localDay(new Date());
    const thin = proposeMerges({ sessions: await store.listSessions({ from: today }), seated, rules, today });
    const rows = thin.map(({ sessionId, people, minParticipants, daysLeft, mergeInto }) => {
      const command =
        mergeInto === null
          ? `ilmo sessions cancel ${sessionId} --reason tooFewParticipants`
          : `ilmo sessions merge ${sessionId} ${mergeInto}`;
      return [sessionId, String(people), String(minParticipants), String(daysLeft), command];
    });
    terminal.line(
      thin.length === 0
        ? "Every session of the next days has enough people."
        : formatTable([["session", "people", "wanted", "days left", "proposal"], ...rows]),
    );
    terminal.json(thin);
  });
}

export interface StatisticsOptions {
  readonly from?: string;
  readonly to?: string;
}

/** `ilmo sessions statistics`: registrations and seats by language and sending unit. @throws usage */
export async function showStatistics(config: Config, terminal: Terminal, { from, to }: StatisticsOptions): Promise<void> {
  const [first, last] = [from === undefined ? "" : parseDay(from), to === undefined ? "9999-12-31" : parseDay(to)];
  await withOffice(config, async ({ store }) => {
    const demanders = (await store.listDemanders()).filter(({ receivedOn }) => receivedOn >= first && receivedOn <= last);
    const rows = countStatistics(demanders);
    const cells = rows.map((row) => [
      row.language ?? UNKNOWN,
      row.senderUnit ?? UNKNOWN,
      ...[row.registrations, row.seated, row.waiting, row.withoutSeat, row.came, row.absent, row.otherRoute].map(String),
    ]);
    terminal.line(
      formatTable([
        ["language", "sending unit", "registrations", "seated", "waiting", "without seat", "came", "absent", "other route"],
        ...cells,
      ]),
    );
    terminal.json(rows);
  });
}

export interface RuleOptions {
  readonly by?: string;
  readonly languages?: string;
  readonly capacity?: string;
  readonly min?: string;
  readonly decideDays?: string;
}

/** BCP 47 or ISO 639-3 primary tags, as the forms and papers use them. */
const LANGUAGE_TAG = /^[a-z]{2,3}$/;

function parseLanguages(text: string): string[] {
  const languages = text.split(/[\s,]+/u).filter((item) => item !== "");
  if (languages.length > 0 && languages.every((language) => LANGUAGE_TAG.test(language))) return [...new Set(languages)];
  throw new IlmoError("usage", "Expected language codes with commas between, such as ar,so,ckb,prs,fa,en; another text came.");
}

/** `ilmo sessions rules`: shows the office's rules, and changes those that are given. @throws usage, notAllowed */
export async function showRules(config: Config, terminal: Terminal, options: RuleOptions): Promise<void> {
  const { languages, capacity, min, decideDays } = options;
  const changes = {
    ...(languages === undefined ? {} : { servedLanguages: parseLanguages(languages) }),
    ...(capacity === undefined ? {} : { capacity: parseCount(capacity) }),
    ...(min === undefined ? {} : { minParticipants: parseCount(min) }),
    ...(decideDays === undefined ? {} : { decideDaysBefore: parseCount(decideDays) }),
  };
  await withOffice(config, async ({ store }) => {
    const rules = { ...(await loadSessionRules(store)), ...changes };
    const names = Object.keys(changes);
    if (names.length > 0) {
      const actor = assertNamed(options.by ?? "");
      await store.inTransaction(async (transaction) => {
        await transaction.setMeta("sessionRules", rules);
        await transaction.audit({ actor, action: "session.rulesChanged", registrationId: null, detail: names.join(" ") });
      });
    }
    terminal.line(formatTable([["rule", "value"], ...Object.entries(rules).map(([name, value]) => [name, String(value)])]));
    terminal.json(rules);
  });
}
