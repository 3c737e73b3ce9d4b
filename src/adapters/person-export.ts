import { mkdir, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { IlmoError } from "../errors.ts";
import type { BlobStore } from "../pipeline/blob-store-port.ts";
import type { PersonRegistration, PersonTable } from "../pipeline/person-port.ts";
import type { Store, Submission } from "../pipeline/store-port.ts";
import { toFileFault } from "./file-faults.ts";
import { writeFileWhole } from "./write-file-whole.ts";

/** Everything that is held of a person, and where it goes. */
export interface PersonExportRequest {
  readonly registrations: readonly PersonRegistration[];
  readonly tables: readonly PersonTable[];
  readonly store: Pick<Store, "getSubmission" | "getReading" | "listDocuments">;
  readonly blobs: BlobStore;
  /** Empty or new. */
  readonly folder: string;
  readonly exportedAt: string;
  readonly onProgress: (text: string) => void;
}

/** One file of an export and what it is. */
interface ExportedFile {
  readonly file: string;
  readonly what: string;
}

export interface PersonExport {
  readonly files: readonly ExportedFile[];
  /** What is held and could not be given without showing other persons; a person cuts it by hand. */
  readonly withheld: readonly string[];
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "image/tiff": "tif",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/heic": "heic",
};

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).length === 0) return;
  } catch (error) {
    throw toFileFault(error, "Expected a folder for the export that this program may write to.");
  }
  throw new IlmoError("notAllowed", "Expected an empty or new folder for the export; it holds something. Nothing was written.");
}

/** Returns the person's own pages of a PDF as a document of their own; null when the PDF cannot be cut (encrypted, damaged). */
async function cutPages(bytes: Uint8Array, pageIndexes: readonly number[]): Promise<Uint8Array | null> {
  try {
    const source = await PDFDocument.load(bytes);
    const target = await PDFDocument.create();
    for (const page of await target.copyPages(source, [...pageIndexes])) target.addPage(page);
    return await target.save();
  } catch {
    return null;
  }
}

type Page = { readonly fileIndex: number; readonly pageIndex: number };

/** Pages of a submission by owner: one list a registration, and those that belong to nobody. */
async function pagesByOwner(submission: Submission, { ordinal }: PersonRegistration, store: PersonExportRequest["store"]) {
  const reading = await store.getReading(submission.id);
  const own = reading?.registrations[ordinal - 1]?.pages.map(({ source }) => source) ?? [];
  const others = (reading?.registrations ?? []).flatMap((item, index) =>
    index === ordinal - 1 ? [] : item.pages.map(({ source }) => source),
  );
  return { own, others: [...others, ...(reading?.unassignedPages ?? []).map(({ source }) => source)] satisfies Page[] };
}

class Exporter {
  readonly #request: PersonExportRequest;
  readonly files: ExportedFile[] = [];
  readonly withheld: string[] = [];

  constructor(request: PersonExportRequest) {
    this.#request = request;
  }

  async #write(file: string, content: Uint8Array | string, what: string): Promise<void> {
    const target = join(this.#request.folder, file);
    await mkdir(join(target, ".."), { recursive: true, mode: 0o700 });
    await writeFileWhole(target, content, this.#request.folder);
    this.files.push({ file, what });
  }

  async addOriginals(registration: PersonRegistration): Promise<void> {
    const { store, blobs } = this.#request;
    const submission = await store.getSubmission(registration.submissionId);
    const pages = await pagesByOwner(submission, registration, store);
    for (const { fileIndex, sha256, mediaType } of submission.files) {
      const own = pages.own.filter((page) => page.fileIndex === fileIndex).map(({ pageIndex }) => pageIndex);
      const isOthers = registration.isShared && pages.others.some((page) => page.fileIndex === fileIndex);
      if (registration.isShared && own.length === 0) continue;
      const stem = `originals/${registration.reference}-${fileIndex + 1}`;
      const bytes = await blobs.get(sha256);
      if (!isOthers) {
        await this.#write(`${stem}.${EXTENSIONS[mediaType] ?? "bin"}`, bytes, `original as it came, SHA-256 ${sha256}`);
        continue;
      }
      const cut = mediaType === "application/pdf" ? await cutPages(bytes, own) : null;
      if (cut === null) this.withheld.push(`${registration.reference}: file ${fileIndex + 1} shows other persons too; cut it by hand`);
      else
        await this.#write(
          `${stem}.pdf`,
          cut,
          `own pages (${own.map((page) => page + 1).join(", ")}) of a scan that shows other persons too`,
        );
    }
  }

  async addPapers({ id, reference }: PersonRegistration): Promise<void> {
    const { store, blobs } = this.#request;
    for (const { relativePath, sha256, kind } of await store.listDocuments({ registrationId: id })) {
      if (await blobs.has(sha256)) await this.#write(`papers/${basename(relativePath)}`, await blobs.get(sha256), kind);
      else this.withheld.push(`${reference}: the bytes of a paper (${kind}) are not in the store`);
    }
  }

  async addData(): Promise<void> {
    const { registrations, tables, exportedAt } = this.#request;
    const content = {
      exportedAt,
      registrations: registrations.map(({ id, reference, state }) => ({ id, reference, state })),
      tables: Object.fromEntries(tables.map(({ table, rows }) => [table, rows])),
      files: this.files,
      withheld: this.withheld,
    };
    await this.#write("person.json", `${JSON.stringify(content, null, 2)}\n`, "every row that leads to the person");
  }
}

/**
 * Writes everything that is held of a person into a folder: rows as JSON, originals, papers.
 *
 * Of a scan that shows other persons too, only the person's own pages; the others' stay out.
 *
 * @throws notAllowed when the folder holds something; storageUnavailable; fileDamaged
 * @see GDPR 15(3), 15(4)
 */
export async function exportPerson(request: PersonExportRequest): Promise<PersonExport> {
  await prepareFolder(request.folder);
  const exporter = new Exporter(request);
  for (const registration of request.registrations) {
    request.onProgress(registration.reference);
    await exporter.addOriginals(registration);
    await exporter.addPapers(registration);
  }
  await exporter.addData();
  return { files: exporter.files, withheld: exporter.withheld };
}
