import type { RosterPageReading, RosterRowReading } from "../model/attendance.ts";
import type { DecodedPage, GreyRaster, RectMm } from "../model/page.ts";
import type { AlignedPage } from "../read/align/aligned-page.ts";
import { readRosterPage, unreadableRow } from "../read/roster/read-roster-page.ts";
import type { RosterSheet } from "../read/roster/roster-sheet.ts";
import type { RosterReadRequest } from "./roster-reader-port.ts";
import { toRosterSheet } from "./roster-sheets.ts";

type PageRequest = RosterReadRequest["pages"][number];

export interface RosterReadPorts {
  readonly pagesOf: (fileIndex: number) => AsyncIterable<DecodedPage>;
  /** Draws a page of the roster as it was printed, 200 dpi. */
  readonly drawPrint: (printPath: string, pageNumber: number) => Promise<GreyRaster>;
  /** Encodes a rectangle of the page as a small PNG (base64). */
  readonly picture: (page: AlignedPage, rect: RectMm) => Promise<string>;
  /** Told after each page. */
  readonly onPage: () => Promise<void>;
}

async function withPictures(
  rows: readonly RosterRowReading[],
  page: AlignedPage,
  sheet: RosterSheet,
  picture: RosterReadPorts["picture"],
): Promise<RosterRowReading[]> {
  const pictured: RosterRowReading[] = [];
  for (const row of rows) {
    const place = sheet.rows.find(({ rowNumber }) => rowNumber === row.rowNumber);
    pictured.push(place === undefined ? row : { ...row, png: await picture(page, place.whole) });
  }
  return pictured;
}

async function readOne(request: PageRequest, raster: GreyRaster, ports: RosterReadPorts): Promise<RosterPageReading> {
  const { fileIndex, pageIndex, code, printPath, participants } = request;
  const blank = await ports.drawPrint(printPath, code.pageNumber);
  const sheet = toRosterSheet(blank, code.pageNumber, participants);
  const reading = readRosterPage(raster, sheet);
  const place = { fileIndex, pageIndex, code, quality: reading.quality };
  if (reading.kind === "unreadable") return { ...place, state: "unreadable", showsPaleInk: false, rows: sheet.rows.map(unreadableRow) };
  const rows = await withPictures(reading.rows, reading.page, sheet, ports.picture);
  return { ...place, state: "read", showsPaleInk: reading.showsPaleInk, rows };
}

/**
 * Reads the pages of signed rosters, each against its own print.
 *
 * Pages are read one at a time, so that only one picture is held.
 */
export async function readRosterPages(requests: readonly PageRequest[], ports: RosterReadPorts): Promise<RosterPageReading[]> {
  const readings: RosterPageReading[] = [];
  for (const fileIndex of new Set(requests.map((request) => request.fileIndex))) {
    for await (const { source, raster } of ports.pagesOf(fileIndex)) {
      const request = requests.find((item) => item.fileIndex === fileIndex && item.pageIndex === source.pageIndex);
      if (request === undefined) continue;
      readings.push(await readOne(request, raster, ports));
      await ports.onPage();
    }
  }
  return readings;
}
