import { type FormLayout, type FormTemplate, isRegistrationLayout } from "../model/form-layout.ts";
import type { DecodedPage, GreyRaster, PageKind } from "../model/page.ts";
import type { MrzReading, ReadPage, RosterPageCode, SubmissionReading } from "../model/reading.ts";
import type { IsoDate } from "../model/time.ts";
import type { FormPageMatch } from "../read/align/aligned-page.ts";
import type { PreparedTemplate } from "../read/align/prepare-template.ts";
import { recogniseFormPage } from "../read/align/recognise-form-page.ts";
import { settleVersion } from "../read/align/settle-version.ts";
import { type AttachmentReading, classifyAttachment } from "../read/attachment/classify-attachment.ts";
import type { AttachmentEngines } from "../read/attachment/ports.ts";
import type { AcceptFrom } from "../read/calibration/accept-from.ts";
import { groupPages } from "../read/group/group-pages.ts";
import type { PersonHints } from "../read/group/person-hints.ts";
import { type AssemblyContext, assembleRegistration, type PageResult } from "./assemble-registration.ts";
import { hintsOfForm } from "./form-hints.ts";
import { type FormPagePorts, readFormPage, unreadablePage } from "./read-form-page.ts";

/** What the reading of a submission needs from the machine and the office. */
export interface ReadPorts extends FormPagePorts {
  readonly attachments: AttachmentEngines;
  readonly templates: readonly FormTemplate[];
  readonly prepared: readonly PreparedTemplate[];
  readonly receivedOn: IsoDate;
  /** Least confidence by field or content from which a reading needs no look; the defaults elsewhere. */
  readonly acceptFrom?: AcceptFrom;
  readonly onPage: (pagesDone: number) => void;
  /** Says which signed roster a page belongs to, or null. */
  readonly readRosterCode: (raster: GreyRaster) => Promise<RosterPageCode | null>;
}

function hintsOfAttachment(mrz: MrzReading | undefined, text: string | undefined, kind: string): PersonHints {
  const words = text === undefined ? {} : { text };
  if (mrz?.checksHold !== true) return words;
  const { surname, givenNames, birthDate, documentNumber } = mrz;
  const numbers = kind === "permit" ? { cardNumbers: [documentNumber] } : {};
  return { ...words, ...numbers, surname, givenNames, ...(birthDate === null ? {} : { birthDate }) };
}

async function readAligned(decoded: DecodedPage, match: FormPageMatch & { kind: "aligned" }, ports: ReadPorts): Promise<PageResult> {
  const aligned = await settleVersion(match.page, ports.attachments.reader);
  const form = await readFormPage(decoded, aligned, ports);
  const { layoutId, pageNumber } = form;
  const { rotation, quality, drift, layout } = aligned;
  const page: ReadPage = { source: decoded.source, kind: `form-${pageNumber}`, layoutId, rotation, quality };
  return {
    source: decoded.source,
    kind: { kind: "form", layoutId, pageNumber },
    page,
    form,
    isDrifted: drift.isOtherVersion,
    isOtherForm: !isRegistrationLayout(layout),
    hints: hintsOfForm(form),
  };
}

/** A page that is a form page but does not fit well enough: every field goes to a person. */
function refusedPage(decoded: DecodedPage, match: FormPageMatch & { kind: "refused" }, layouts: readonly FormLayout[]): PageResult {
  const { layoutId, pageNumber, rotation, quality } = match;
  const layout = layouts.find((item) => item.id === layoutId);
  const zones = layout?.zones.filter((zone) => zone.pageNumber === pageNumber) ?? [];
  const page: ReadPage = { source: decoded.source, kind: `form-${pageNumber}`, layoutId, rotation, quality };
  const form = { layoutId, pageNumber, readings: unreadablePage(zones) };
  const isOtherForm = layout !== undefined && !isRegistrationLayout(layout);
  return { source: decoded.source, kind: { kind: "form", layoutId, pageNumber }, page, form, isDrifted: false, isOtherForm };
}

function toPageKind({ kind, sides }: AttachmentReading): PageKind {
  return kind === "permit" ? { kind, sides: sides ?? [] } : { kind };
}

async function readAttachment(decoded: DecodedPage, ports: ReadPorts): Promise<PageResult> {
  const seen = await classifyAttachment(decoded.raster, ports.attachments, ports.receivedOn);
  const { kind, rotation, quality, mrz, text, sides } = seen;
  const page: ReadPage = {
    source: decoded.source,
    kind,
    rotation,
    quality,
    ...(sides === undefined ? {} : { sides: [...sides] }),
    ...(mrz === undefined ? {} : { mrz }),
  };
  const hints = hintsOfAttachment(mrz, text, kind);
  return { source: decoded.source, kind: toPageKind(seen), page, isDrifted: false, hints, ...(mrz === undefined ? {} : { mrz }) };
}

async function readPage(decoded: DecodedPage, ports: ReadPorts): Promise<PageResult> {
  const match = recogniseFormPage(decoded.raster, ports.prepared);
  if (match === null) return readAttachment(decoded, ports);
  if (match.kind === "aligned") return readAligned(decoded, match, ports);
  return refusedPage(
    decoded,
    match,
    ports.templates.map((template) => template.layout),
  );
}

/**
 * Reads a submission: every page recognised and read, pages put to persons, each person's form assembled.
 *
 * Pages of signed rosters are taken out by their codes and belong to nobody's form.
 * Pages are read one at a time, so that only one picture is held.
 *
 * @throws what the page source throws
 */
export async function readSubmission(pages: AsyncIterable<DecodedPage>, ports: ReadPorts): Promise<SubmissionReading> {
  const results: PageResult[] = [];
  const rosterPages: ReadPage[] = [];
  for await (const decoded of pages) {
    const roster = await ports.readRosterCode(decoded.raster);
    if (roster === null) results.push(await readPage(decoded, ports));
    else rosterPages.push({ source: decoded.source, kind: "roster", rotation: 0, quality: 1, roster });
    ports.onPage(results.length + rosterPages.length);
  }
  const groups = groupPages(results);
  const context: AssemblyContext = {
    layouts: ports.templates.map((template) => template.layout),
    receivedOn: ports.receivedOn,
    environment: ports.context.environment,
    acceptFrom: ports.acceptFrom ?? {},
  };
  return {
    registrations: groups.registrations.map((own) => assembleRegistration(own, context)),
    unassignedPages: [...groups.unassigned.map(({ page }) => page), ...rosterPages],
  };
}
