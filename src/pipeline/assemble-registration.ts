import { type FormLayout, isRegistrationLayout } from "../model/form-layout.ts";
import type { CodeEnvironment } from "../model/personal-identity-code.ts";
import type { MrzReading, ReadPage, RegistrationReading } from "../model/reading.ts";
import type { AcceptFrom } from "../read/calibration/accept-from.ts";
import { calibrateReading } from "../read/calibration/calibrate-reading.ts";
import type { PageToGroup } from "../read/group/group-pages.ts";
import { reconcileReadings } from "../read/text/reconcile-readings.ts";
import type { TextReading } from "../read/text/text-reading.ts";
import { withOwnerDoubt } from "./other-owner.ts";
import type { FormPageReading } from "./read-form-page.ts";

/** A page with everything that was read on it. */
export interface PageResult extends PageToGroup {
  readonly page: ReadPage;
  readonly form?: FormPageReading;
  readonly isDrifted: boolean;
  readonly mrz?: MrzReading;
}

export interface AssemblyContext {
  readonly layouts: readonly FormLayout[];
  readonly receivedOn: string;
  readonly environment: CodeEnvironment;
  /** The office's own thresholds; fields without one have the defaults. */
  readonly acceptFrom?: AcceptFrom;
}

const NO_SIGNATURE_PAGE: RegistrationReading["signature"] = { present: false, kind: null, status: "review", confidence: 0 };

/** The card's zone serves as a witness of the form only when all its check digits hold. */
function cardMrzOf(pages: readonly PageResult[]): MrzReading | undefined {
  return pages.find(({ kind, mrz }) => kind.kind === "permit" && mrz?.checksHold === true)?.mrz;
}

function missingPagesOf(layout: FormLayout | undefined, forms: readonly PageResult[]): number[] {
  const found = new Set(forms.flatMap(({ kind }) => (kind.kind === "form" ? [kind.pageNumber] : [])));
  return (layout?.pages ?? []).map((page) => page.pageNumber).filter((pageNumber) => !found.has(pageNumber));
}

function versionStateOf(forms: readonly PageResult[]): RegistrationReading["versionState"] {
  if (forms.length === 0) return "none";
  return forms.some((page) => page.isDrifted) ? "drifted" : "known";
}

function toFieldReading({
  doubts: _doubts,
  isUnreliable: _isUnreliable,
  ...reading
}: TextReading): RegistrationReading["readings"][number] {
  return reading;
}

/** Joins the pages of one person to a registration, its texts compared with each other and with the card. Pure. */
export function assembleRegistration(pages: readonly PageResult[], context: AssemblyContext): RegistrationReading {
  const forms = withOwnerDoubt(pages.filter(({ kind }) => kind.kind === "form"));
  const layoutId = forms.map(({ form, page }) => form?.layoutId ?? page.layoutId).find((id) => id !== undefined);
  const layout = context.layouts.find((item) => item.id === layoutId);
  const mrz = cardMrzOf(pages);
  const versionState = versionStateOf(forms);
  const readings = forms.flatMap(({ form }) => form?.readings ?? []);
  const marginNote = forms.map(({ form }) => form?.marginNote).find((note) => note !== undefined);
  const { receivedOn, environment } = context;
  const reconciled = reconcileReadings(readings, { receivedOn, environment, ...(mrz === undefined ? {} : { mrz }) });
  return {
    layoutId: layout?.id ?? null,
    formLanguage: layout?.language ?? null,
    formVersion: versionState === "known" ? (layout?.version ?? null) : null,
    ...(layout !== undefined && !isRegistrationLayout(layout) ? { isOtherForm: true } : {}),
    versionState,
    missingFormPages: missingPagesOf(layout, forms),
    pages: pages.map(({ page }) => page),
    readings: reconciled
      .map((reading) =>
        toFieldReading(
          versionState === "drifted" && !reading.evidence.includes("liveField") ? { ...reading, status: "review", evidence: [] } : reading,
        ),
      )
      .map((reading) => calibrateReading(reading, context.acceptFrom ?? {})),
    signature: forms.map(({ form }) => form?.signature).find((signature) => signature !== undefined) ?? NO_SIGNATURE_PAGE,
    ...(marginNote === undefined ? {} : { marginNote }),
  };
}
