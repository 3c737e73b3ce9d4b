import type { PageToGroup } from "../read/group/group-pages.ts";
import { type PersonHints, relateHints, relateLooseNames } from "../read/group/person-hints.ts";
import type { TextReading } from "../read/text/text-reading.ts";
import { areNamesCompatible } from "../validate/compare-names.ts";
import type { FormPageReading } from "./read-form-page.ts";

interface FormPage extends PageToGroup {
  readonly form?: FormPageReading;
}

/** The language in "<code>/<language>/<version>". */
const languageOf = ({ kind }: FormPage): string | undefined => (kind.kind === "form" ? kind.layoutId.split("/")[1] : undefined);

/** True when the name beside the signature, read well enough, has nothing of the names on the first page. */
function isNamedOtherwise({ surname, givenNames }: PersonHints, { text, surname: sure }: PersonHints): boolean {
  const written = { surname: sure ?? text ?? "", givenNames: "" };
  if (surname === undefined || givenNames === undefined || written.surname === "") return false;
  return !areNamesCompatible({ surname, givenNames: "" }, written) && !areNamesCompatible({ surname: "", givenNames }, written);
}

function mayBeAnothers(first: FormPage, page: FormPage): boolean {
  const [known, own] = [first.hints ?? {}, page.hints ?? {}];
  const names = relateLooseNames(known, own);
  if (names === "same" || relateHints(known, own) === "same") return false;
  return names === "different" || isNamedOtherwise(known, own) || languageOf(first) !== languageOf(page);
}

function withDoubt<T extends FormPage>(page: T): T {
  if (page.form === undefined) return page;
  const { signature } = page.form;
  const readings = page.form.readings.map((reading): TextReading => ({ ...reading, status: "review", evidence: [], isUnreliable: true }));
  return {
    ...page,
    form: { ...page.form, readings, ...(signature === undefined ? {} : { signature: { ...signature, status: "review" } }) },
  };
}

/**
 * Returns a person's form pages, with doubt in those that may be another's: pages came together, but one is of another language or
 * bears another name, and nothing says that they belong together. A person then looks at all that stands on it.
 *
 * Pure. Two such pages stay together: a page is sooner mistaken, or its name misread, than sent with another's.
 */
export function withOwnerDoubt<T extends FormPage>(forms: readonly T[]): T[] {
  const [first] = forms;
  return forms.map((page) => (first !== undefined && page !== first && mayBeAnothers(first, page) ? withDoubt(page) : page));
}
