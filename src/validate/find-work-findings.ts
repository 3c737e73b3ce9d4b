import type { Finding } from "../model/finding.ts";
import type { SessionRules } from "../model/session.ts";
import type { FieldValues } from "./field-values.ts";

/** Score of a box with a likely mark of an unusual kind: staff look at it, but there is no reason to ask the person again. */
const LIKELY_MARK = 0.6;

function findFullTimeFindings(values: FieldValues): Finding[] {
  const fullTime = values.reading("fullTimeWork");
  if (fullTime === undefined) return [];
  const isBoth = fullTime.value === true && values.isTicked("partTimeOnly");
  const score = fullTime.score ?? fullTime.confidence;
  const isLikelyAlone = fullTime.value === true && score >= LIKELY_MARK && values.isBlank("partTimeOnly");
  const isClearlyBlank = fullTime.value === false && fullTime.evidence.includes("blankInk");
  if (isBoth || (fullTime.status === "review" && !isLikelyAlone && !isClearlyBlank))
    return [{ code: "fullTimeAmbiguous", severity: "error", field: "fullTimeWork" }];
  return fullTime.value === true ? [] : [{ code: "fullTimeMissing", severity: "error", field: "fullTimeWork" }];
}

/**
 * Returns the findings about the wish for full-time work, ability to work and the session's language.
 * Pure. On a drifted version of the form a box may be another one: only the session's language and a mark for non-disclosure are
 * heeded there, because heeding them wrongly harms nobody.
 *
 * @see DOMAIN 0.8, 1.3; good-practice text 2016 (section 7 of the form)
 */
export function findWorkFindings(values: FieldValues, rules: SessionRules, isDrifted: boolean): Finding[] {
  const findings = isDrifted ? [] : findFullTimeFindings(values);
  const language = values.choice("sessionLanguage");
  if (language !== null && !rules.servedLanguages.includes(language))
    findings.push({ code: "languageNotServed", severity: "warning", field: "sessionLanguage" });
  if (!isDrifted && values.choice("ableToWork") === "no") findings.push({ code: "notAbleToWork", severity: "error", field: "ableToWork" });
  return [...findings, ...findNonDisclosure(values)];
}

/** Returns the finding that an order of non-disclosure was marked. Pure. */
export function findNonDisclosure(values: FieldValues): Finding[] {
  return values.isTicked("nonDisclosure") ? [{ code: "nonDisclosure", severity: "info", field: "nonDisclosure" }] : [];
}
