import type { CalibrationCurve } from "../../src/read/calibration/calibration-curve.ts";
import type { FieldScore, SetScore } from "./score-set.ts";
import { isSilentError, summariseFields, summariseFindings, summariseOthers } from "./summarise.ts";

const toHtml = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
const percent = (share: number | null): string => (share === null ? "–" : (share * 100).toFixed(2));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string): string => row.map((cell) => `<${tag}>${cell}</${tag}>`).join("");
  return `<table><tr>${cells(head, "th")}</tr>${rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("")}</table>`;
}

function groupTable(groups: ReturnType<typeof summariseFields>["groups"]): string {
  return table(
    ["group", "fields", "exact %", "filled texts exact %", "used without a look %", "silent errors", "in key fields", "tick F1 %"],
    groups.map(({ name, fields, exact, textExact, auto, silent, keySilent, tickF1 }) => [
      toHtml(name),
      String(fields),
      percent(exact),
      percent(textExact),
      percent(auto),
      String(silent),
      String(keySilent),
      percent(tickF1),
    ]),
  );
}

const pictureOf = ({ png }: FieldScore): string => (png === undefined ? "–" : `<img src="data:image/png;base64,${png}" alt="">`);

function fieldTable(scores: readonly FieldScore[]): string {
  return table(
    ["case", "field", "picture", "written", "read", "status", "evidence", "confidence"],
    scores.map((score) => [
      toHtml(score.caseId),
      toHtml(score.field + (score.mark === undefined ? "" : ` (${score.mark})`)),
      pictureOf(score),
      toHtml(score.truth),
      toHtml(score.value),
      score.status,
      score.evidence.join(" "),
      score.confidence.toFixed(3),
    ]),
  );
}

function curveTable(curves: Readonly<Record<string, CalibrationCurve>>): string {
  return table(
    ["content", "judges' figure from", "readings", "wrong", "confidence"],
    Object.entries(curves).flatMap(([content, { bins }]) =>
      bins.map(({ from, count, wrong, confidence }) => [content, String(from), String(count), String(wrong), confidence.toFixed(4)]),
    ),
  );
}

const STYLE = `body{font:15px/1.4 sans-serif;margin:2em}table{border-collapse:collapse;margin:1em 0}
td,th{border:1px solid #bbb;padding:.2em .5em;text-align:left;vertical-align:top}img{max-width:26em;max-height:8em}`;
/** Fields left to a person that are shown; the rest look the same. */
const MAX_REVIEWS = 300;

/** Returns a page with all figures, every silent error with its picture, and a sample of what was left to a person. Pure. */
export function renderReport(title: string, score: SetScore, curves: Readonly<Record<string, CalibrationCurve>>): string {
  const { groups, contents, byField } = summariseFields(score);
  const silent = score.fields.filter(isSilentError);
  const reviews = score.fields.filter(({ isAuto, isRight }) => !isAuto && !isRight).slice(0, MAX_REVIEWS);
  const others = summariseOthers(score.others).map(({ name, count, right, silent: unseen }) => [
    name,
    String(count),
    percent(right),
    String(unseen),
  ]);
  const findings = summariseFindings(score.findings).map(({ code, hits, falseAlarms, misses }) => [
    code,
    String(hits),
    String(falseAlarms),
    String(misses),
  ]);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${toHtml(title)}</title><style>${STYLE}</style>
<h1>${toHtml(title)}</h1><p>Submissions without a result: ${score.missingOutputs}.</p>
<h2>Silent errors (${silent.length})</h2>${fieldTable(silent)}
<h2>By class, fill and file</h2>${groupTable(groups)}
<h2>Signatures, permit copies, routes, pages</h2>${table(["what", "count", "right %", "silent errors"], others)}
<h2>Findings</h2>${table(["finding", "found", "false alarms", "missed"], findings)}
<h2>By content</h2>${groupTable(contents)}<h2>By field</h2>${groupTable(byField)}
<h2>Confidence</h2>${curveTable(curves)}
<h2>Misread and left to a person (the first ${MAX_REVIEWS})</h2>${fieldTable(reviews)}</html>
`;
}
