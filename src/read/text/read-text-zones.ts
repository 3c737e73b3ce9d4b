import { fieldSpecOf, type TextContent } from "../../model/field.ts";
import type { Zone } from "../../model/form-layout.ts";
import type { GreyRaster } from "../../model/page.ts";
import type { CodeEnvironment } from "../../model/personal-identity-code.ts";
import type { Session } from "../../model/session.ts";
import { MIN_LOCAL_QUALITY } from "../align/lay-quality.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { findLines, type ZoneLines } from "./find-lines.ts";
import { isCodeContent, judgeCode } from "./judge-code.ts";
import { judgePermitGround } from "./judge-permit-ground.ts";
import { judgeSession } from "./judge-session.ts";
import { judgeWords } from "./judge-words.ts";
import type { LineReadings, TextVerdict } from "./line-readings.ts";
import type { RecognisedLine, TextEngines, TextProfile } from "./ports.ts";
import { asDoubtful, type TextReading } from "./text-reading.ts";
import { BLANK_INK, FAINT_PAGE } from "./thresholds.ts";
import { cutZoneInk, type ZoneInk } from "./zone-ink.ts";

/** What is known beside the page when its text is read. */
export interface TextContext {
  /** Language of the form; null = what the page's layout says. */
  readonly formLanguage: string | null;
  readonly environment: CodeEnvironment;
  /** The office's sessions: they prove a session mark. */
  readonly sessions: readonly Session[];
  /** Names of the units that send forms; may be empty. */
  readonly senderUnits: readonly string[];
}

/** A zone with what its ink is. */
interface CutZone {
  readonly zone: Zone;
  readonly content: TextContent;
  readonly lines: ZoneLines;
  /** True when the zone is too pale for any writing of this page. */
  readonly isBare: boolean;
  /** True when its ink may as well shine through from the back. */
  readonly isPale: boolean;
  /** Ink of the whole zone, whether it forms lines or not, mm². */
  readonly scatteredMm2: number;
}

const WORDS: TextProfile = { letters: "names" };
const CODES: TextProfile = { letters: "codes" };
const CYRILLIC: TextProfile = { letters: "cyrillic" };
const DIGITS: TextProfile = { letters: "codes", whitelist: "0123456789.-/+ " };
const DIGIT_CONTENTS = new Set<TextContent>(["date", "partialDate", "phone", "postalCode", "customerNumber", "number"]);

/**
 * Reads the text zones of one form page: one reading per zone, in the order of the zones.
 *
 * Blank zones are never given to the engines. `accepted` needs evidence (check digit, list, two readers); everything else is
 * `review`. On a drifted page nothing is accepted and nothing is asserted to be empty.
 *
 * @param zones text zones of this page; default: all of them
 */
export async function readTextZones(
  ink: InkPage,
  engines: TextEngines,
  context: TextContext,
  zones: readonly Zone[] = textZonesOf(ink),
): Promise<TextReading[]> {
  const inks = zones.map((zone) => ({ zone, zoneInk: cutZoneInk(ink, zone) }));
  const blankBelow = blankLimitOf(inks.map(({ zoneInk }) => zoneInk.darkness));
  const cut = inks.map(({ zone, zoneInk }) => cutZone(zone, zoneInk, blankBelow));
  const known = withPageContext(context, ink);
  const written = cut.filter((item) => item.lines.lines.length > 0);
  const readings = await readLines(written, engines);
  if (known.formLanguage === "ru") await addCyrillic(readings, engines, known);
  return cut.map((item) => {
    const lines = readings.get(item);
    const reading = lines === undefined ? blankReading(item) : toReading(item, lines, known);
    if (!isReliable(ink, item.zone)) return { ...asDoubtful(reading), isUnreliable: true };
    if (lines !== undefined && item.isPale) return asPaleGuess(reading);
    const isTorn = item.lines.isCrossed || (item.lines.isCutOff && !isListed(reading));
    return isTorn ? asDoubtful(reading) : reading;
  });
}

/** Adds what the page and the sessions tell: the form's language, and the places of sessions, which are often sending units. */
function withPageContext(context: TextContext, { page }: InkPage): TextContext {
  const senderUnits = [...new Set([...context.senderUnits, ...context.sessions.map(({ place }) => place)])];
  return { ...context, formLanguage: context.formLanguage ?? page.layout.language, senderUnits };
}

function textZonesOf({ page }: InkPage): readonly Zone[] {
  return page.layout.zones.filter(({ kind, pageNumber }) => kind === "text" && pageNumber === page.pageNumber);
}

/** Returns the darkness below which a zone of this page is bare, learnt from the page's written zones. */
function blankLimitOf(darknesses: readonly number[]): number {
  const written = darknesses.filter((darkness) => darkness >= BLANK_INK.writtenFrom).toSorted((a, b) => a - b);
  if (written.length < FAINT_PAGE.leastWritten) return FAINT_PAGE.leastDarkness;
  const typical = written[written.length >> 1] ?? 0;
  return Math.min(BLANK_INK.darknessBelow, Math.max(FAINT_PAGE.leastDarkness, typical * FAINT_PAGE.blankShare));
}

function cutZone(zone: Zone, zoneInk: ZoneInk, blankBelow: number): CutZone {
  const spec = fieldSpecOf(zone.field);
  const content = spec?.kind === "text" ? spec.content : "freeText";
  const isBare = zoneInk.darkness < blankBelow;
  const lines = isBare ? NO_LINES : findLines(zoneInk);
  const kept = lines.inkMm2 < BLANK_INK.mm2Below ? NO_LINES : lines;
  const isPale = zoneInk.darkness < BLANK_INK.writtenFrom;
  return { zone, content, lines: kept, isBare, isPale, scatteredMm2: lines.allInkMm2 };
}

const NO_LINES: ZoneLines = { lines: [], rects: [], shapes: [], inkMm2: 0, allInkMm2: 0, isCutOff: false, isCrossed: false, tallestMm: 0 };

/** Gives all lines to both readers at once, then the unsettled codes to a third look. */
async function readLines(cut: readonly CutZone[], engines: TextEngines): Promise<Map<CutZone, readonly LineReadings[]>> {
  const pictures = cut.flatMap(({ lines }) => lines.lines);
  const [words, shapes] = await Promise.all([engines.words.recognise(pictures, WORDS), engines.shapes.recognise(pictures, WORDS)]);
  const readings = new Map<CutZone, readonly LineReadings[]>();
  let at = 0;
  for (const item of cut) {
    readings.set(
      item,
      item.lines.shapes.map((shape, index) => ({ shape, words: words[at + index] ?? UNREAD, shapes: shapes[at + index] ?? UNREAD })),
    );
    at += item.lines.lines.length;
  }
  await addCodes(readings, engines);
  return readings;
}

const UNREAD: RecognisedLine = { text: "", confidence: 0 };

/** Codes and permit sections that the first two readers see differently are read once more with plain letters or digits. */
async function addCodes(readings: Map<CutZone, readonly LineReadings[]>, engines: TextEngines): Promise<void> {
  for (const profile of [DIGITS, CODES]) {
    const open = [...readings].filter(([item, lines]) => codeProfileOf(item.content) === profile && !isSettled(lines));
    const pictures: GreyRaster[] = open.flatMap(([item]) => [...item.lines.lines]);
    if (pictures.length === 0) continue;
    const codes = await engines.words.recognise(pictures, profile);
    let at = 0;
    for (const [item, lines] of open) {
      readings.set(
        item,
        lines.map((line, index) => ({ ...line, codes: codes[at + index] ?? UNREAD })),
      );
      at += lines.length;
    }
  }
}

/** Contents that a person may write in Cyrillic letters; names, addresses and codes are in Latin ones. */
const CYRILLIC_CONTENTS = new Set<TextContent>(["country", "language", "educationLevel", "occupation", "freeText", "sessionRef"]);
const LATIN_FIELDS = new Set(["streetAddress", "filledBy"]);

/** Gives lines that may be Cyrillic, and that Latin letters do not prove, to the reader of Cyrillic letters. */
async function addCyrillic(
  readings: Map<CutZone, readonly LineReadings[]>,
  { cyrillic }: TextEngines,
  context: TextContext,
): Promise<void> {
  if (cyrillic === undefined) return;
  const open = [...readings].filter(
    ([{ zone, content }, lines]) =>
      CYRILLIC_CONTENTS.has(content) && !LATIN_FIELDS.has(zone.field) && !judgeText(content, lines, context).isProved,
  );
  const pictures = open.flatMap(([item]) => [...item.lines.lines]);
  if (pictures.length === 0) return;
  const seen = await cyrillic.recognise(pictures, CYRILLIC);
  let at = 0;
  for (const [item, lines] of open) {
    readings.set(
      item,
      lines.map((line, index) => ({ ...line, cyrillic: seen[at + index] ?? UNREAD })),
    );
    at += lines.length;
  }
}

function codeProfileOf(content: TextContent): TextProfile | null {
  if (DIGIT_CONTENTS.has(content)) return DIGITS;
  return isCodeContent(content) || content === "permitGround" ? CODES : null;
}

/** Equal readings of a code that both readers are this sure of need no third look. */
const SETTLED = 0.8;

function isSettled(lines: readonly LineReadings[]): boolean {
  return lines.every(
    ({ words, shapes }) => words.text !== "" && words.text === shapes.text && shapes.confidence >= SETTLED && words.confidence >= SETTLED,
  );
}

function toReading({ zone, content }: CutZone, lines: readonly LineReadings[], context: TextContext): TextReading {
  const verdict = judgeText(content, lines, context);
  const value = verdict.value === "" ? null : verdict.value;
  const status = verdict.isProved && value !== null ? "accepted" : "review";
  const doubts = verdict.doubts === undefined || verdict.doubts.length === 0 ? {} : { doubts: verdict.doubts };
  return { field: zone.field, value, confidence: verdict.confidence, status, evidence: [...verdict.evidence], ...doubts };
}

/** Decides what a zone of some content says. Pure. */
export function judgeText(content: TextContent, lines: readonly LineReadings[], context: TextContext): TextVerdict {
  if (isCodeContent(content)) return judgeCode(content, lines, context.environment);
  return judgeSpecial(content, lines, context) ?? judgeWords(content, lines, context);
}

/** Contents with a grammar and a list of their own. */
function judgeSpecial(content: TextContent, lines: readonly LineReadings[], context: TextContext): TextVerdict | null {
  if (content === "sessionRef") return judgeSession(lines, context.sessions, context.formLanguage);
  if (content !== "permitGround") return null;
  // A ground that is no known section or word is never accepted as free text: a lost section sign would go unseen.
  return judgePermitGround(lines) ?? { ...judgeWords(content, lines, context), isProved: false };
}

/** No ink at all is asserted; specks or a stroke that form no line are left to a person when they are as dark as writing. */
function blankReading({ zone, isBare, scatteredMm2 }: CutZone): TextReading {
  const isSure = isBare || scatteredMm2 < BLANK_INK.scatteredMm2Below;
  return { field: zone.field, value: null, confidence: isSure ? 0.99 : 0.6, status: isSure ? "empty" : "review", evidence: ["blankInk"] };
}

function isReliable({ page }: InkPage, zone: Zone): boolean {
  return !page.drift.drifted && page.localQuality(zone.rect) >= MIN_LOCAL_QUALITY;
}

/** A text that touches the box has lost its end, unless a list or check knows it whole. */
function isListed({ evidence }: TextReading): boolean {
  return evidence.includes("codeList") || evidence.includes("checkDigit");
}

/** Pale ink on which the readers differ is rather the back side's, seen mirrored; what they agree on may be a fine pen's. */
function asPaleGuess(reading: TextReading): TextReading {
  const isSeenAlike = reading.evidence.includes("twoReaders") || isListed(reading);
  return { ...asDoubtful(reading), ...(isSeenAlike ? {} : { value: null }) };
}
