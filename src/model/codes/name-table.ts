import type { NamedCode } from "./name-index.ts";

/**
 * Returns the entries of a table written as text: one entry a line, `code | names | names …`, names parted by commas.
 *
 * Pure. Keeps long lists readable in the source: one line an entry, one column a language.
 */
export function parseNameTable(table: string): NamedCode[] {
  const entries: NamedCode[] = [];
  for (const line of table.split("\n")) {
    const [code = "", ...columns] = line.split("|").map((cell) => cell.trim());
    if (code === "") continue;
    const names = columns.flatMap((column) => column.split(",")).map((name) => name.trim());
    entries.push({ code, names: names.filter((name) => name !== "") });
  }
  return entries;
}
