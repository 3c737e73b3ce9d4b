import { describe, expect, it } from "vitest";
import { formatCsv } from "../../../src/export/ura/format-csv.ts";
import { formatKeyingSheet } from "../../../src/export/ura/format-keying-sheet.ts";
import { batchNameOf } from "../../../src/export/ura/import-record.ts";
import { batchOf, recordOf } from "./import-fixture.ts";

describe("batchNameOf", () => {
  it("holds sender, environment, instant and number, nothing of a person", () => {
    expect(batchNameOf(batchOf([recordOf()]))).toBe("ilmo_UUSIMAA_TEST_20260915T093000Z_000007_v1");
  });
});

describe("formatCsv", () => {
  it("writes a byte order mark, quotes every cell, keeps leading zeros and disarms formulas", () => {
    const csv = formatCsv(batchOf([recordOf()]));
    expect(csv.startsWith('\uFEFF"toiminto";')).toBe(true);
    expect(csv).toContain('"00520"');
    expect(csv).toContain('"+358400001234"');
    expect(csv).toContain('"\'=Ravintola Esimerkki"');
    expect(csv).toContain('"Esimerkkitie 3 ""B"" & <C>"');
    const rows = csv.trimEnd().split("\r\n");
    expect(new Set(rows.map((row) => row.split('";"').length)).size).toBe(1);
  });
});

describe("formatKeyingSheet", () => {
  it("shows filled fields only and escapes what people wrote", () => {
    const html = formatKeyingSheet(batchOf([recordOf()]));
    expect(html).toContain("Esimerkkitie 3 &quot;B&quot; &amp; &lt;C&gt;");
    expect(html).toContain("031089-914E");
    expect(html).not.toContain("Entiset nimet");
  });
});
