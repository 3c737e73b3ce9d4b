import type { Zone } from "../model/form-layout.ts";
import type { DecodedPage, RectMm } from "../model/page.ts";
import type { Crop } from "../model/reading.ts";
import type { AlignedPage } from "../read/align/aligned-page.ts";
import { type InkPage, inkOf } from "../read/ink/ink-page.ts";
import { readSignature, type SignatureReading } from "../read/signature/read-signature.ts";
import type { TextEngines } from "../read/text/ports.ts";
import { type MarginNote, readMarginNote } from "../read/text/read-margin-note.ts";
import { readTextZones, type TextContext } from "../read/text/read-text-zones.ts";
import { asDoubtful, type TextReading } from "../read/text/text-reading.ts";
import { readTicks } from "../read/tick/read-ticks.ts";
import { withSignatureDoubt, withSwallowedDoubt } from "../read/tick/swallowed-ink.ts";
import { withinFormLimits } from "./form-limits.ts";
import { hasLiveField, toLiveReading } from "./live-values.ts";
import { withShownDoubt } from "./shown-values.ts";
import { withTextLayer } from "./text-layer.ts";

/** Everything read on one form page. */
export interface FormPageReading {
  readonly layoutId: string;
  readonly pageNumber: number;
  readonly readings: readonly TextReading[];
  /** Absent when the page has no signature zone. */
  readonly signature?: SignatureReading & { readonly crop: Crop };
  /** The session's mark where it stands outside its field; only when it is sure. */
  readonly marginNote?: string;
}

export interface FormPagePorts {
  readonly engines: TextEngines;
  readonly context: TextContext;
  /** Encodes a rectangle of the page as a small PNG (base64); absent when crops come without pictures. */
  readonly picture?: (page: AlignedPage, rect: RectMm) => Promise<string>;
}

/** White paper kept around a field in its picture, mm. */
const CROP_MARGIN_MM = 1.5;

function cropRectOf(zones: readonly Zone[]): RectMm {
  const left = Math.min(...zones.map(({ rect }) => rect.x)) - CROP_MARGIN_MM;
  const top = Math.min(...zones.map(({ rect }) => rect.y)) - CROP_MARGIN_MM;
  const right = Math.max(...zones.map(({ rect }) => rect.x + rect.width)) + CROP_MARGIN_MM;
  const bottom = Math.max(...zones.map(({ rect }) => rect.y + rect.height)) + CROP_MARGIN_MM;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

async function cropOf(decoded: DecodedPage, page: AlignedPage, zones: readonly Zone[], ports: FormPagePorts): Promise<Crop> {
  const rect = cropRectOf(zones);
  const place = { ...decoded.source, rect };
  return ports.picture === undefined ? place : { ...place, png: await ports.picture(page, rect) };
}

/** On a drifted version the zones may lie elsewhere: nothing read there is used without a look. */
function asUnsure(reading: TextReading): TextReading {
  return { ...reading, status: "review", evidence: [], isUnreliable: true };
}

/** A field that another version has at an unknown place, or not at all, is left to a person. */
function asLost(field: string): TextReading {
  return { field, value: null, confidence: 0, status: "review", evidence: [], isUnreliable: true };
}

async function readAll(decoded: DecodedPage, ink: InkPage, zones: readonly Zone[], ports: FormPagePorts): Promise<TextReading[]> {
  if (hasLiveField(zones, decoded)) {
    const fields = new Map(Map.groupBy(zones, (zone) => zone.field));
    const stored = [...fields].flatMap(([field, own]) => (own[0]?.kind === "signature" ? [] : [toLiveReading(field, own, decoded)]));
    // On another version the boxes lie elsewhere: what is seen in their places says nothing of the values.
    if (ink.page.drift.drifted) return stored;
    return withShownDoubt(stored, [...readTicks(ink, zones), ...(await readTextZones(ink, ports.engines, ports.context))], zones);
  }
  const ticks = readTicks(ink, zones);
  const texts = await readTextZones(ink, ports.engines, ports.context);
  const checked = withTextLayer(texts, zones, ink.page, decoded);
  const allowed = checked.map((reading) => withinFormLimits(reading, zones));
  return withSwallowedDoubt([...ticks, ...allowed], zones, ink, decoded.raster);
}

/** Looks beside the fields for the session's mark when its own field is empty: only then does a note speak for it. */
async function findMarginNote(ink: InkPage, readings: readonly TextReading[], ports: FormPagePorts): Promise<MarginNote | null> {
  const isMissing = readings.some(({ field, status }) => field === "sessionRef" && status === "empty");
  const { engines, context } = ports;
  const formLanguage = context.formLanguage ?? ink.page.layout.language;
  return isMissing ? readMarginNote(ink, engines, { sessions: context.sessions, formLanguage }) : null;
}

/** What stands in the margin without being sure leaves the empty field to a person. */
function withNoteDoubt(reading: TextReading, note: MarginNote | null): TextReading {
  return reading.field === "sessionRef" && note?.isProved === false ? asDoubtful(reading) : reading;
}

/** Reads every zone of an aligned form page: live values of a form filled on a computer, else ink and text. */
export async function readFormPage(decoded: DecodedPage, page: AlignedPage, ports: FormPagePorts): Promise<FormPageReading> {
  const { layout, pageNumber } = page;
  const zones = layout.zones.filter((zone) => zone.pageNumber === pageNumber);
  const ink = inkOf(page);
  const inZones = await readAll(decoded, ink, zones, ports);
  const note = await findMarginNote(ink, inZones, ports);
  const raw = inZones.map((reading) => withNoteDoubt(reading, note));
  const noted = note?.isProved === true ? { marginNote: note.text } : {};
  const readings: TextReading[] = [];
  for (const reading of raw) {
    const own = zones.filter((zone) => zone.field === reading.field);
    const judged = page.drift.drifted && !reading.evidence.includes("liveField") ? asUnsure(reading) : reading;
    readings.push(own.length === 0 ? judged : { ...judged, crop: await cropOf(decoded, page, own, ports) });
  }
  readings.push(...(page.drift.lostFields ?? []).map(asLost));
  const signatureZone = zones.find((zone) => zone.kind === "signature");
  if (signatureZone === undefined) return { layoutId: layout.id, pageNumber, readings, ...noted };
  const seen = withSignatureDoubt(readSignature(ink, signatureZone), decoded.raster);
  const signature = page.drift.drifted ? { ...seen, status: "review" as const } : seen;
  return {
    layoutId: layout.id,
    pageNumber,
    readings,
    ...noted,
    signature: { ...signature, crop: await cropOf(decoded, page, [signatureZone], ports) },
  };
}

/** Returns readings that ask a person to look at every field of a page that could not be read safely. Pure. */
export function unreadablePage(zones: readonly Zone[]): TextReading[] {
  const fields = new Set(zones.filter((zone) => zone.kind !== "signature").map((zone) => zone.field));
  return [...fields].map((field) => ({ field, value: null, confidence: 0, status: "review", evidence: [] }));
}
