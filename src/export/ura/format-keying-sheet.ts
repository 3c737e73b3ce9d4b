import { FLAT_COLUMNS } from "./flat-columns.ts";
import type { ImportBatch, ImportRecord } from "./import-record.ts";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

const STYLE = `body{font:15px/1.45 system-ui,sans-serif;margin:2rem;max-width:60rem}h2{margin:2rem 0 .4rem;border-top:2px solid #222;padding-top:.6rem}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}th{width:38%;font-weight:600}
@media print{section{break-inside:avoid-page}}`;

function sectionOf(record: ImportRecord): string {
  if (record.operation === "MITATOINTI")
    return `<section><h2>Mitätöidään: ${escapeHtml(record.registrationId)}, versio ${record.version}</h2></section>`;
  const rows = FLAT_COLUMNS.map((column) => ({ label: column.label, value: column.toText(record.content) })).filter(
    (row) => row.value !== "",
  );
  const body = rows
    .map((row) => `<tr><th scope="row">${escapeHtml(row.label)}</th><td><bdi>${escapeHtml(row.value)}</bdi></td></tr>`)
    .join("\n");
  return `<section><h2>${escapeHtml(record.reference)} · ${record.operation === "UUSI" ? "uusi" : "korvaava"} · saapunut ${record.receivedOn}</h2>
<table>${body}</table></section>`;
}

/**
 * Formats a batch as a keying sheet: every filled field in the order of the receiver's screens, for typing in by hand while
 * the receiver takes no files.
 * Pure; a whole HTML page without scripts or outside resources. @see DOMAIN 5.3
 */
export function formatKeyingSheet(batch: ImportBatch): string {
  return `<!doctype html>
<html lang="fi"><head><meta charset="utf-8"><title>Tallennuslista, erä ${batch.sequence}</title><style>${STYLE}</style></head>
<body><h1>Tallennuslista, erä ${batch.sequence}</h1><p>${batch.records.length} ilmoittautumista. Hävitä lista, kun tiedot on tallennettu.</p>
${batch.records.map(sectionOf).join("\n")}
</body></html>
`;
}
