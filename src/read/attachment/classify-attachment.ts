import type { GreyRaster, PageKind, RectPx, Rotation } from "../../model/page.ts";
import type { MrzReading } from "../../model/reading.ts";
import type { IsoDate } from "../../model/time.ts";
import { findZones, type SeenLine, type ZonePlace } from "../mrz/find-zones.ts";
import { type MrzSource, readMrz } from "../mrz/read-mrz.ts";
import { isCardZone, isCardZoneLine, liesOffCard, liesOnDocument } from "./document-place.ts";
import { findCardShapes } from "./find-cards.ts";
import { findContent, type PageContent } from "./find-content.ts";
import { judgeKind, type KindScores } from "./judge-kind.ts";
import { isBlackened, lightenRaster } from "./lighten-raster.ts";
import type { AttachmentEngines, TextLine } from "./ports.ts";
import { findPrint, type PrintedLine, type PrintedPage, slenderLines, worthReading } from "./read-print.ts";

/** What a page without a form layout is. */
export interface AttachmentReading {
  readonly kind: Exclude<PageKind["kind"], "form">;
  /** Sides of the card that the page shows; empty when there is a card whose sides cannot be told. Only for a permit. */
  readonly sides?: readonly ("front" | "back")[];
  /** Clockwise degrees by which the content is turned in the file. */
  readonly rotation: Rotation;
  /** 0-1: how sure the kind is. */
  readonly quality: number;
  readonly mrz?: MrzReading;
  /** Lines that were read, in reading order, upper case; never logged. */
  readonly text?: string;
}

/** Marks fainter than this are the other side of the sheet (measured 0.06 to 0.22), print starts at 0.27. */
const BLEED_CONTRAST = 0.25;
/** A page with fewer and fainter marks than this is empty without a look at its lines. */
const EMPTY_SHARE = 0.0002;
const EMPTY_CONTRAST = 0.1;
/** Points from which a kind is told: one title, or three labels. */
const LEAST_POINTS = 2.5;
/** Points that make a kind sure. */
const SURE_POINTS = 6;
/** A zone without right check digits tells the kind when its least sure character is this sure. */
const SURE_ZONE = 0.35;
/** Zones of a passport's own page and of a visa in it. */
const TRAVEL_ZONES: readonly MrzReading["format"][] = ["TD3", "MRVA", "MRVB"];
/** Text that no kind's words fit is another paper; how sure that is. */
const OTHER_QUALITY = 0.6;
/** Kinds told by shape alone. */
const SHAPE_QUALITY = 0.3;
const LEAST_FRONT_LINES = 4;
const LEGIBLE = 0.8;
/** A page with this many lines is print even if none can be read. */
const LEAST_PRINT_LINES = 6;
/** A word of so many letters was printed on the page; scanners' dirt reads as shorter ones. */
const LEAST_WORD_LETTERS = 6;
/** A page with a dark block of this share of its area (30 x 30 mm of an A4 page) is not empty. */
const LEAST_BLOCK_SHARE = 0.015;
/** Letters that a page of print has at least. */
const LEAST_LETTERS = 12;

/**
 * Returns what a page is that no form layout fits: card, passport, survey, extract, cover letter, other paper or blank.
 *
 * A page is told by the words of its titles and labels and by its machine-readable zone; a card too dark to read
 * by its shape. A page that is black all over is another paper: it is not empty, and nobody can tell what it was.
 * `today` dates the century of birth dates.
 */
export async function classifyAttachment(scan: GreyRaster, engines: AttachmentEngines, today: IsoDate): Promise<AttachmentReading> {
  const raster = lightenRaster(scan);
  const content = findContent(raster);
  if (isEmpty(content)) return { kind: "blank", rotation: 0, quality: 1 };
  const page = await findPrint(raster, engines, boundsOf(content, raster), content.contrast < 2 * BLEED_CONTRAST);
  if (page === null) return judgeShape(raster, content, page);
  if (page.isMirrored) return { kind: "blank", rotation: 0, quality: 0.9 };
  const print = await readPrint(page, engines, today);
  return isLegible(print) ? judgePrint(print) : judgeShape(raster, content, page, print);
}

/** What was read on a page, and the zones that may be machine-readable. */
interface Print {
  readonly rotation: Rotation;
  /** In reading order. */
  readonly lines: readonly PrintedLine[];
  readonly zones: readonly ZonePlace[];
  readonly mrz: MrzReading | null;
}

/**
 * Reads the longest lines first: a machine-readable zone among them whose check digits all hold says more than everything else
 * that is printed on its document, which is then not read.
 */
async function readPrint(page: PrintedPage, engines: AttachmentEngines, today: IsoDate): Promise<Print> {
  const { rotation, places } = page;
  const source: MrzSource = { raster: page.upright, isHardEdged: page.isHardEdged, reader: engines.reader, today };
  const slender = slenderLines(places);
  const first = zonesAmong(await page.read(slender));
  const early = await readBest(source, first);
  const chosen = worthReading(places);
  if (early?.mrz.checksHold === true) {
    const { zone, mrz } = early;
    const isOther = (place: TextLine): boolean => !liesOnDocument(place, zone, mrz.format);
    const lines = await page.read([...slender, ...chosen.filter(isOther)]);
    return { rotation, lines, zones: zonesAmong(lines), mrz };
  }
  const lines = await page.read(chosen);
  const zones = zonesAmong(lines);
  const best = isSameZones(zones, first) ? early : await readBest(source, zones);
  return { rotation, lines, zones, mrz: best?.mrz ?? null };
}

function zonesAmong(lines: readonly PrintedLine[]): ZonePlace[] {
  return findZones(lines.map(({ place, text }) => ({ place, text })) satisfies SeenLine[]);
}

/** Zones are the same when their lines lie at the same corners. */
function isSameZones(some: readonly ZonePlace[], others: readonly ZonePlace[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

function isEmpty({ bounds, contrast, markedShare }: PageContent): boolean {
  return bounds === null || (contrast < EMPTY_CONTRAST && markedShare < 0.006) || markedShare < EMPTY_SHARE;
}

/** Content with some paper around it, so that small cards are looked at closely; a page full of print is taken whole. */
function boundsOf({ bounds }: PageContent, raster: GreyRaster): RectPx {
  const whole = { x: 0, y: 0, width: raster.widthPx, height: raster.heightPx };
  if (bounds === null) return whole;
  const margin = 0.02 * Math.max(raster.widthPx, raster.heightPx);
  return { x: bounds.x - margin, y: bounds.y - margin, width: bounds.width + 2 * margin, height: bounds.height + 2 * margin };
}

function isLegible(print: Print): boolean {
  return legibleLetters(print) >= LEAST_LETTERS;
}

function legibleLetters({ lines }: Print): number {
  let letters = 0;
  for (const { text, confidence } of lines) if (confidence >= LEGIBLE) letters += text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters;
}

interface ReadZone {
  readonly mrz: MrzReading;
  readonly zone: ZonePlace;
}

async function readBest(source: MrzSource, zones: readonly ZonePlace[]): Promise<ReadZone | null> {
  let best: ReadZone | null = null;
  for (const zone of zones) {
    const mrz = await readMrz(source, zone);
    if (mrz !== null && (best === null || rankOf(mrz) > rankOf(best.mrz))) best = { mrz, zone };
    if (mrz?.checksHold === true) break;
  }
  return best;
}

function rankOf(mrz: MrzReading): number {
  return (mrz.checksHold ? 1 : 0) + mrz.confidence;
}

function judgePrint(print: Print): AttachmentReading {
  const { rotation, lines, mrz, zones } = print;
  const scores = judgeKind(lines);
  const text = lines.map((line) => line.text.toUpperCase()).join("\n");
  const found = { rotation, text, ...(mrz === null || isGuess(mrz) ? {} : { mrz }) };
  const hasCardLine = lines.some((line) => isCardZoneLine(line.text));
  const hasCardZone = mrz?.format === "TD1" || zones.some(isCardZone) || hasCardLine;
  const isSureZone = mrz !== null && (mrz.checksHold || (mrz.confidence >= SURE_ZONE && !hasCardLine));
  const hasPassportZone = isSureZone && TRAVEL_ZONES.includes(mrz.format);
  if (hasPassportZone && scores.permitFront + scores.permitBack < 2 * LEAST_POINTS) return { kind: "passport", quality: 1, ...found };
  const permit = scores.permitFront + scores.permitBack + (hasCardZone ? SURE_POINTS : 0);
  const points = {
    permit: scores.other >= LEAST_POINTS && !hasCardZone ? 0 : permit,
    passport: scores.passport,
    skills: scores.skills,
    extract: scores.extract,
    kela: scores.kela,
    cover: scores.cover,
    other: scores.other,
  };
  const ranked = Object.entries(points).toSorted(([, a], [, b]) => b - a) as [keyof typeof points, number][];
  const [kind, most] = ranked[0] ?? ["other", 0];
  if (most < LEAST_POINTS) return { kind: "other", quality: OTHER_QUALITY, ...found };
  const quality = Math.min(1, most / SURE_POINTS) * (1 - 0.5 * ((ranked[1]?.[1] ?? 0) / most));
  if (kind !== "permit") return { kind, quality, ...found };
  return { kind, sides: sidesOf(print, scores, hasCardZone), quality, ...found };
}

/** A travel document's zone without right check digits that was read less surely than this is made up of whatever stands there. */
const GUESSED_ZONE = 0.05;

function isGuess({ format, checksHold, confidence }: MrzReading): boolean {
  return TRAVEL_ZONES.includes(format) && !checksHold && confidence < GUESSED_ZONE;
}

function sidesOf(print: Print, scores: KindScores, hasCardZone: boolean): ("front" | "back")[] {
  const sides: ("front" | "back")[] = [];
  if (scores.permitFront >= LEAST_POINTS || linesBeyondCard(print) >= LEAST_FRONT_LINES) sides.push("front");
  if (hasCardZone || scores.permitBack >= LEAST_POINTS) sides.push("back");
  return sides;
}

/** Counts the legible lines that lie off the card whose machine-readable zone was found: another card lies beside it. */
function linesBeyondCard({ lines, zones }: Print): number {
  const zone = zones.find(isCardZone);
  if (zone === undefined) return 0;
  return lines.filter(({ place, confidence }) => confidence >= LEGIBLE && liesOffCard(place, zone)).length;
}

/** Tells a page whose lines cannot be read: a card by its shape, unreadable print, a lone word or a picture as another paper, else blank. */
function judgeShape(raster: GreyRaster, content: PageContent, page: PrintedPage | null, print?: Print): AttachmentReading {
  const [card] = findCardShapes(raster);
  if (card !== undefined) {
    return { kind: "permit", sides: [], rotation: rotationOfCard(card, page), quality: SHAPE_QUALITY };
  }
  const isPrint = page !== null && page.places.length >= LEAST_PRINT_LINES && content.contrast >= 2 * BLEED_CONTRAST;
  const hasWord = print !== undefined && legibleLetters(print) >= LEAST_WORD_LETTERS;
  const isInked = isPrint || hasWord || content.blockShare >= LEAST_BLOCK_SHARE || isBlackened(raster);
  return isInked
    ? { kind: "other", rotation: page?.rotation ?? 0, quality: SHAPE_QUALITY }
    : { kind: "blank", rotation: 0, quality: SHAPE_QUALITY * 2 };
}

/** A card lies as its few legible words do; without any it is taken to be turned the usual way. */
function rotationOfCard({ width, height }: RectPx, page: PrintedPage | null): Rotation {
  const likely: readonly Rotation[] = width >= height ? [0, 180] : [90, 270];
  return likely.find((rotation) => rotation === page?.rotation) ?? likely[0] ?? 0;
}
