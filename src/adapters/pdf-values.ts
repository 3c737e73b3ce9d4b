import { PDFArray, PDFDict, PDFDocument, type PDFField, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";
import { readWidgetsWithPdfjs, type SeenWidget } from "./pdf-values-pdfjs.ts";

/** Values of the live fields of one page. */
export interface PageFormValues {
  readonly values: ReadonlyMap<string, string>;
  /** Fields whose value two readers understood differently; without a value. */
  readonly disagreeing: readonly string[];
  /** Text fields that keep a picture of themselves with another text in it than the stored one. */
  readonly shownOtherwise: readonly string[];
}

/** Fields in which the pictures must differ from the values before their typeface, not their text, is to blame. */
const NONSENSE_FROM = 3;

const OFF = "Off";
const VALUE = PDFName.of("V");
const OPTIONS = PDFName.of("Opt");

/** Stored text, or the name of a state; null when there is no value or it is of another type. */
function toText(stored: unknown): string | null {
  if (stored instanceof PDFString || stored instanceof PDFHexString || stored instanceof PDFName) return stored.decodeText();
  if (stored instanceof PDFArray) return stored.asArray().map(toText).join(", ");
  return null;
}

interface StoredField {
  readonly value: string | null;
  /** Export values of the option boxes, by their index; empty when the states' own names are the values. */
  readonly exportValues: readonly (string | null)[];
}

function toStoredField(field: PDFField): StoredField {
  const { dict } = field.acroField;
  const inherited = (key: PDFName): unknown => {
    let current: PDFDict | undefined = dict;
    for (let level = 0; current && level < 16; level += 1) {
      const found = current.lookup(key);
      if (found) return found;
      const parent: unknown = current.lookup(PDFName.of("Parent"));
      current = parent instanceof PDFDict ? parent : undefined;
    }
    return undefined;
  };
  const options = inherited(OPTIONS);
  return { value: toText(inherited(VALUE)), exportValues: options instanceof PDFArray ? options.asArray().map(toText) : [] };
}

async function readFieldsWithPdfLib(bytes: Uint8Array): Promise<Map<string, StoredField>> {
  const document = await PDFDocument.load(bytes, { password: "", updateMetadata: false });
  return new Map(
    document
      .getForm()
      .getFields()
      .map((field) => [field.getName(), toStoredField(field)]),
  );
}

/** With /Opt the states are named by index; without it, or when a state has another name, the name is the value. */
function optionOf(state: string, exportValues: readonly (string | null)[]): string {
  return /^\d+$/.test(state) ? (exportValues[Number(state)] ?? state) : state;
}

const withoutLineStyle = (text: string): string => text.replaceAll(/\r\n?/g, "\n").normalize("NFC");

/** Returns the value that both readers give; undefined when they differ. */
function agreedValue(widgets: readonly SeenWidget[], stored: StoredField): string | undefined {
  const [first] = widgets;
  if (!first) return undefined;
  if (first.kind === "text" || first.kind === "choice") {
    const value = withoutLineStyle(stored.value ?? "");
    return widgets.every((widget) => withoutLineStyle(widget.value ?? "") === value) ? value : undefined;
  }
  const state = stored.value ?? OFF;
  const seen = new Set(widgets.map((widget) => widget.value ?? OFF));
  if (first.kind === "radio" || widgets.length > 1) {
    // Several boxes of one name: each box shows its own state or Off, a radio group the state of the group.
    seen.delete(OFF);
    const [shown = OFF] = seen;
    if (seen.size > 1 || shown !== state) return undefined;
    return state === OFF ? "" : optionOf(state, stored.exportValues);
  }
  if (!seen.has(state)) return undefined;
  return state === OFF ? "false" : "true";
}

interface GatheredValues {
  readonly values: Map<string, string>;
  readonly disagreeing: string[];
  readonly shownOtherwise: string[];
}

/** Letters in no order: lines and words from right to left are stored in another order than they are drawn in. */
const lettersOf = (text: string): string => [...text.normalize("NFKC").replaceAll(/[\s,]/g, "")].toSorted().join("");

/** Returns the fields whose own picture has another text; none when most differ, as with a typeface that has no table of letters. */
function findShownOtherwise(widgets: readonly SeenWidget[]): ReadonlySet<string> {
  const compared = widgets.filter(({ shown, value }) => shown !== null && shown !== "" && value !== null);
  const other = compared.filter(({ shown, value }) => lettersOf(shown ?? "") !== lettersOf(value ?? ""));
  const isNonsense = other.length >= NONSENSE_FROM && other.length > compared.length / 2;
  return new Set(isNonsense ? [] : other.map(({ field }) => field));
}

function groupByField(widgets: readonly SeenWidget[]): Map<string, SeenWidget[]> {
  const groups = new Map<string, SeenWidget[]>();
  for (const widget of widgets) {
    const group = groups.get(widget.field);
    if (group) group.push(widget);
    else groups.set(widget.field, [widget]);
  }
  return groups;
}

/**
 * Returns the values of a PDF's live form fields, by page index.
 *
 * Only `/V` counts as value: what a box looks like is an appearance that a program may have left behind, or that deceives;
 * where it has another text, the field is told. An untouched text field or radio group is "", a box that is not ticked is "false".
 */
export async function readFormValues(bytes: Uint8Array): Promise<ReadonlyMap<number, PageFormValues>> {
  const [fields, widgets] = [await readFieldsWithPdfLib(bytes), await readWidgetsWithPdfjs(bytes)];
  const pages = new Map<number, GatheredValues>();
  const shownOtherwise = findShownOtherwise(widgets);
  for (const [name, group] of groupByField(widgets)) {
    const stored = fields.get(name);
    const value = stored && agreedValue(group, stored);
    for (const pageIndex of new Set(group.map((widget) => widget.pageIndex))) {
      const page: GatheredValues = pages.get(pageIndex) ?? { values: new Map(), disagreeing: [], shownOtherwise: [] };
      pages.set(pageIndex, page);
      if (value === undefined) page.disagreeing.push(name);
      else page.values.set(name, value);
      if (shownOtherwise.has(name)) page.shownOtherwise.push(name);
    }
  }
  return pages;
}
