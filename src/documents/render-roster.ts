import { escapeHtml } from "./clean-datum.ts";
import { formatDay, formatShortDay, formatTime } from "./format-when.ts";
import { type Paper, toPaper } from "./paper.ts";
import { RosterData, type RosterInput, type RosterParticipant } from "./paper-data.ts";
import { safe, type Templates } from "./paper-templates.ts";
import { ROSTER, rosterMarks, rosterPageCode, rosterRowsOnPage } from "./roster-geometry.ts";
import { languageNameIn, type Texts, textsOf } from "./texts.ts";

type Roster = ReturnType<typeof RosterData.parse>;

function literacyOf(person: RosterParticipant, texts: Texts): string | null {
  const { readsLatin, readsMotherTongue } = person;
  if (readsLatin === "no" && readsMotherTongue === "no") return texts.plain("roster.readsNothing");
  if (readsLatin === "no") return texts.plain("roster.readsNoLatin");
  return readsLatin === "little" ? texts.plain("roster.readsLittle") : null;
}

function interpreterOf(person: RosterParticipant, texts: Texts): string | null {
  const language = person.interpreterLanguage;
  if (language === null) return person.interpreterNeeded ? texts.plain("roster.interpreterNeeded") : null;
  return texts.plain("roster.interpreterFor", { language: languageNameIn(texts, language) });
}

function missingPapersOf(person: RosterParticipant, texts: Texts): string | null {
  const known = person.findings.filter((code) => texts.has(`findings.${code}.short`));
  const papers = [...new Set(known.map((code) => texts.plain(`findings.${code}.short`)))];
  return papers.length === 0 ? null : texts.plain("roster.missing", { papers: papers.join(", ") });
}

/** A person under non-disclosure: the reference, and nothing that says who or where. */
function rowOf(person: RosterParticipant, number: number, texts: Texts): object {
  const isWithheld = person.nonDisclosure;
  const name = isWithheld ? texts.plain("roster.withheld") : person.name;
  const municipality = isWithheld ? null : person.municipality;
  const remarks = [literacyOf(person, texts), interpreterOf(person, texts)].filter((remark) => remark !== null).join("; ");
  return {
    number: String(number),
    name,
    isWithheld,
    reference: person.reference,
    municipality,
    remarks,
    missing: missingPapersOf(person, texts),
    isWalkIn: false,
  };
}

function walkInRow(number: number): object {
  return { number: String(number), isWalkIn: true };
}

function headOf(data: Roster, texts: Texts): object {
  const { session } = data;
  const place = [session.place, session.room, session.address].filter((part) => part !== null).join(", ");
  return {
    title: safe(texts.html("roster.title")),
    session: safe(texts.html("roster.session", { code: session.code })),
    language: languageNameIn(texts, session.language),
    when: `${formatDay(texts, session.date)} ${formatTime(texts, session.time)}`,
    place,
    hostLabel: safe(texts.html("roster.host")),
    host: session.host,
    interpreterLabel: safe(texts.html("roster.interpreter")),
    interpreter: session.interpreter,
    participants: safe(texts.html("roster.participants", { count: data.participants.length })),
    printed: safe(texts.html("roster.printed", { date: formatShortDay(data.printedOn) })),
    version: safe(texts.html("roster.version", { version: data.version })),
    tickHint: safe(texts.html("roster.tickHint")),
    destroy: safe(texts.html("roster.destroy", { date: formatShortDay(data.destroyBy) })),
    walkIn: safe(texts.html("roster.walkIn")),
    draft: texts.meta.reviewedBy === null ? safe(texts.html("invitation.draft")) : null,
    columns: Object.keys(ROSTER.columnsMm).map((column) => safe(escapeHtml(texts.plain(`roster.${column}`)))),
  };
}

/** Returns the codes of a roster's pages in order; at least one page. Pure. */
export function rosterCodes(input: RosterInput): string[] {
  const data = RosterData.parse(input);
  const pages = Math.max(1, Math.ceil(data.participants.length / ROSTER.rows.perPage));
  return Array.from({ length: pages }, (_, index) =>
    rosterPageCode({ sessionCode: data.session.code, version: data.version, pageNumber: index + 1, pages }),
  );
}

function rowsOfPage(data: Roster, pageIndex: number, texts: Texts): object[] {
  const { perPage } = ROSTER.rows;
  const first = pageIndex * perPage;
  const people = data.participants.slice(first, first + perPage).map((person, index) => rowOf(person, first + index + 1, texts));
  const { spare } = rosterRowsOnPage(data.participants.length, pageIndex);
  return [...people, ...Array.from({ length: spare }, (_, index) => walkInRow(first + people.length + index + 1))];
}

/**
 * Returns the roster that the host carries: 18 rows a sheet, so that 35 people stand on two.
 *
 * Pure. No identity code, no address; the sheet is read back by its code and marks (see `ROSTER`).
 *
 * @param qrs one SVG picture a page, of the texts of `rosterCodes`
 */
export function renderRoster(input: RosterInput, qrs: readonly string[], templates: Templates): Paper {
  const data = RosterData.parse(input);
  const codes = rosterCodes(input);
  const texts = textsOf(data.language);
  const pages = codes.map((_, index) => ({
    page: safe(texts.html("roster.page", { page: index + 1, pages: codes.length })),
    qr: safe(qrs[index] ?? ""),
    rows: rowsOfPage(data, index, texts),
  }));
  return toPaper({
    language: texts.meta.bcp47,
    direction: texts.meta.dir,
    title: `${texts.plain("roster.title")} ${data.session.code}`,
    layout: "roster",
    body: templates.roster({
      office: data.office,
      head: headOf(data, texts),
      marks: rosterMarks(),
      tone: ROSTER.tone,
      widths: Object.values(ROSTER.columnsMm),
      pages,
    }),
    pages: codes.length,
    codes,
  });
}
