import { crc32, deflateRawSync } from "node:zlib";

interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Packs files as ZIP (method 8). @see APPNOTE.TXT 4.3 */
function toZip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from("PK\x03\x04", "latin1"), common, Buffer.from(name), packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, tail, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from("PK\x05\x06", "latin1"), end]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** A cell: text, a number, or a day as the number that a spreadsheet stores. */
export type SampleCell = string | number | { readonly dayNumber: number };

const escapeXml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function cellXml(cell: SampleCell): string {
  if (typeof cell === "string") return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
  return typeof cell === "number" ? `<c><v>${cell}</v></c>` : `<c s="1"><v>${cell.dayNumber}</v></c>`;
}

function withReferences(rows: readonly (readonly SampleCell[])[]): string {
  const rowXml = rows.map((row, index) => {
    const cells = row.map((cell, column) => cellXml(cell).replace("<c", `<c r="${String.fromCharCode(65 + column)}${index + 1}"`));
    return `<row r="${index + 1}">${cells.join("")}</row>`;
  });
  return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rowXml.join("")}</sheetData></worksheet>`;
}

/** Packs a workbook whose only sheet is this XML. */
export function makeWorkbookOf(sheet: Buffer): Buffer {
  const text = (name: string, xml: string): Entry => ({ name, bytes: Buffer.from(`${XML}${xml}`) });
  return toZip([
    text(
      "[Content_Types].xml",
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>`,
    ),
    text(
      "_rels/.rels",
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    text(
      "xl/workbook.xml",
      `<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><sheets><sheet name="Vastaukset" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    text(
      "xl/_rels/workbook.xml.rels",
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${RELS}/styles" Target="styles.xml"/></Relationships>`,
    ),
    text(
      "xl/styles.xml",
      `<styleSheet xmlns="${MAIN}"><numFmts count="0"/><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ),
    { name: "xl/worksheets/sheet1.xml", bytes: sheet },
  ]);
}

/** Packs rows as a workbook. */
export function makeWorkbook(rows: readonly (readonly SampleCell[])[]): Buffer {
  return makeWorkbookOf(Buffer.from(withReferences(rows)));
}
