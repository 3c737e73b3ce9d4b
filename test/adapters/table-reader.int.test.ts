import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "../../src/adapters/table-reader.ts";
import { makeWorkbook, makeWorkbookOf } from "./sheet-samples.ts";
import { createHome, removeHome } from "./test-home.ts";

let home: string;

beforeAll(() => {
  home = createHome();
});

afterAll(() => removeHome(home));

const file = (name: string, bytes: Buffer | string): string => {
  const path = join(home, name);
  writeFileSync(path, bytes);
  return path;
};

describe("readTable", () => {
  it("reads the first sheet of a workbook as people would have typed it", async () => {
    const rows = [
      ["Sukunimi", "Syntymäaika", "Numero", "Tyhjä"],
      ["Mäki & <Öhman>", { dayNumber: 32_784 }, 12, ""],
      ["سلام", { dayNumber: 46_090.5 }, 0.25, "x"],
    ];
    expect(await readTable(file("a.xlsx", makeWorkbook(rows)))).toEqual({
      header: ["Sukunimi", "Syntymäaika", "Numero", "Tyhjä"],
      rows: [
        { rowNumber: 2, cells: ["Mäki & <Öhman>", "1989-10-03", "12", ""] },
        { rowNumber: 3, cells: ["سلام", "2026-03-09 12:00", "0.25", "x"] },
      ],
    });
  });

  it("reads a CSV file whatever it is called", async () => {
    expect(await readTable(file("b.xlsx", "a;b\n1;2\n"))).toEqual({ header: ["a", "b"], rows: [{ rowNumber: 2, cells: ["1", "2"] }] });
  });

  it.each([
    ["a workbook that is cut off", makeWorkbook([["a"]]).subarray(0, 300), "fileDamaged"],
    ["a file that only begins like one", Buffer.from("PK\x03\x04 and nothing more"), "fileDamaged"],
    ["more rows than an export has", makeWorkbook(Array.from({ length: 20_001 }, () => ["x"])), "fileTooLarge"],
  ])("refuses %s", async (_, bytes, code) => {
    await expect(readTable(file("c.xlsx", bytes))).rejects.toMatchObject({ code });
  });

  it("ends a workbook that unpacks to more than the memory that it may take", async () => {
    const bomb = makeWorkbookOf(Buffer.alloc(300_000_000, "<row><c><v>1</v></c></row>"));
    expect(bomb.length).toBeLessThan(10_000_000);
    const failure = readTable(file("bomb.xlsx", bomb));
    await expect(failure).rejects.toMatchObject({ code: expect.stringMatching(/^parser(Memory|Timeout|Crashed)$/) as unknown });
  });

  it("refuses a file that is too large before reading it", async () => {
    await expect(readTable(file("d.csv", Buffer.alloc(10_000_001, "x")))).rejects.toMatchObject({ code: "fileTooLarge" });
  });
});
